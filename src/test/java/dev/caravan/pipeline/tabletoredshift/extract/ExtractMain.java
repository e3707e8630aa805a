package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.extract.part.PartSink;
import dev.caravan.pipeline.tabletoredshift.pace.Pace;
import dev.caravan.pipeline.tabletoredshift.parallel.Connections;
import dev.caravan.pipeline.tabletoredshift.parallel.Splitting;
import dev.caravan.pipeline.tabletoredshift.source.Opening;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.sql.DriverManager;
import java.util.Set;

/** Extracts one table to nowhere, and says what it was: run by {@link FlatMemoryTest} with a small heap, and by hand for figures. */
final class ExtractMain {
    private ExtractMain() {}

    /** Address, user, password, schema, table, and perhaps how many connections. */
    public static void main(String[] args) throws Exception {
        Set<Policy> policies = Set.of(Policy.ZERO_DATES_TO_NULL, Policy.CUT_TOO_LONG, Policy.JSON_IS_SUPER);
        Opening opening = () -> DriverManager.getConnection(args[0], args[1], args[2]);
        try (Snapshot snapshot = Snapshot.begin(opening.open())) {
            SourceTable table =
                    snapshot.catalog().table(new TableId(args[3], args[4])).orElseThrow();
            Splitting splitting = new Splitting(
                    args.length > 5 ? Integer.parseInt(args[5]) : 1,
                    table.primaryKey().get(0),
                    "");
            Connections connections = Connections.of(snapshot, table, splitting, opening);
            ExtractSettings settings = new ExtractSettings(ExtractSettings.anyMarker(), Codec.ZSTD, 64 << 20, policies);
            long start = System.nanoTime();
            Extracted extracted = connections.extract(
                    Selection.all(TypeMapping.of(table, policies)),
                    settings,
                    new Nowhere(),
                    new ReadSoFar(),
                    Pace.FREE);
            long csv = extracted.parts().stream()
                    .mapToLong(Extracted.Part::csvBytes)
                    .sum();
            long bytes =
                    extracted.parts().stream().mapToLong(Extracted.Part::bytes).sum();
            System.out.printf(
                    "%d rows, %d bytes of CSV, %d bytes in %d parts, %s, %.1f s, %.1f CPU s of the process%n",
                    extracted.rows(),
                    csv,
                    bytes,
                    extracted.parts().size(),
                    extracted.changes(),
                    (System.nanoTime() - start) / 1e9,
                    ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                                    .getProcessCpuTime()
                            / 1e9);
            connections.close();
        }
    }

    private static final class Nowhere implements PartSink {
        @Override
        public Part open(int number) {
            return new Part() {
                @Override
                public OutputStream stream() {
                    return OutputStream.nullOutputStream();
                }

                @Override
                public void complete() {}

                @Override
                public void abandon() {}
            };
        }
    }
}
