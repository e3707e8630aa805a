package dev.caravan.pipeline.tabletoredshift.verify;

import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import dev.caravan.redshift.target.TableName;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Properties;

/** Compares one table, and says what it took: run by {@link FlatVerificationTest} with a small heap, and by hand for figures. */
final class VerifyMain {
    private VerifyMain() {}

    /** Address, user, password, schema, table of the source; address, user, password, table of the cluster. */
    public static void main(String[] args) throws Exception {
        Properties properties = new Properties();
        properties.put("user", args[6]);
        properties.put("password", args[7]);
        properties.put("enableFetchRingBuffer", "false");
        try (Snapshot snapshot = Snapshot.begin(DriverManager.getConnection(args[0], args[1], args[2]));
                Connection cluster = DriverManager.getConnection(args[5], properties)) {
            SourceTable table =
                    snapshot.catalog().table(new TableId(args[3], args[4])).orElseThrow();
            long start = System.nanoTime();
            VerifyResult result = Verification.of(
                    snapshot,
                    Selection.all(TypeMapping.of(table, TypeMapping.DEFAULT)),
                    TypeMapping.DEFAULT,
                    cluster,
                    new TableName(List.of(args[8])),
                    table.primaryKey());
            System.out.printf(
                    "%s, %.1f s, %.1f CPU s of the process%n",
                    result,
                    (System.nanoTime() - start) / 1e9,
                    ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                                    .getProcessCpuTime()
                            / 1e9);
        }
    }
}
