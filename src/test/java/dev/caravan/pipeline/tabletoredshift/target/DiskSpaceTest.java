package dev.caravan.pipeline.tabletoredshift.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.redshift.target.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Room is reckoned with where a cluster tells it, and not guessed where it doesn't. The views are tables with the columns of those in AWS's guide. */
class DiskSpaceTest {
    private static final TableName TABLE = new TableName(List.of("shop", "orders"));
    private static final long GIGABYTE = 1L << 30;
    private static final String PARTITIONS =
            "CREATE TEMP TABLE stv_partitions (part_begin bigint, used int, capacity int)";

    @Test
    void moreIsFreeThanItTakes() throws SQLException {
        assertThat(ask(
                        4 * GIGABYTE,
                        PARTITIONS,
                        "INSERT INTO stv_partitions VALUES (0, 1024, 11264), (0, 0, 1024), (9, 0, 99999)"))
                .isEqualTo(new DiskSpace.Enough(10 * GIGABYTE, 11 * GIGABYTE));
    }

    @Test
    void whatIsMissingIsSaid() throws SQLException {
        String[] views = {
            PARTITIONS,
            "INSERT INTO stv_partitions VALUES (0, 9216, 10240)",
            "CREATE TEMP TABLE stv_node_storage_capacity (node int, used int, capacity int)",
            "INSERT INTO stv_node_storage_capacity VALUES (0, 9216, 10240)",
            "CREATE TEMP TABLE svv_table_info (\"schema\" text, \"table\" text, size bigint)",
            "INSERT INTO svv_table_info VALUES ('shop', 'orders', 3072), ('shop', 'others', 9)"
        };
        assertThat(ask(4 * GIGABYTE, views))
                .isEqualTo(new DiskSpace.Missing(
                        10 * GIGABYTE,
                        GIGABYTE,
                        "shop.orders: to load 4.0 GB takes about 10.0 GB of the cluster's disks for a while, and 1.0 GB are"
                                + " free: 9.0 GB are missing. Make room, or resize the cluster; of the 3.0 GB that the table"
                                + " takes now, VACUUM frees what deleted rows keep"));
        assertThat(ask(4 * GIGABYTE, views[0], views[1]))
                .isInstanceOfSatisfying(
                        DiskSpace.Missing.class,
                        missing -> assertThat(missing.sentence()).endsWith("Make room, or resize the cluster"));
    }

    @Test
    void onServerlessNobodyKnows() throws SQLException {
        assertThat(ask(GIGABYTE))
                .isEqualTo(
                        new DiskSpace.Unknown(
                                "this cluster has no stv_partitions that this user may read (Serverless has"
                                        + " none; elsewhere a superuser grants SELECT on it and on stv_node_storage_capacity)"));
    }

    @Test
    void aViewWithoutRowsTellsNothing() throws SQLException {
        assertThat(ask(GIGABYTE, PARTITIONS))
                .isEqualTo(new DiskSpace.Unknown("stv_partitions shows this user nothing"));
    }

    @Test
    void fullCachesOfManagedStorageAreNotFullDisks() throws SQLException {
        assertThat(ask(
                        GIGABYTE,
                        PARTITIONS,
                        "INSERT INTO stv_partitions VALUES (0, 1024, 1024)",
                        "CREATE TEMP TABLE stv_node_storage_capacity (node int, used int, capacity int)",
                        "INSERT INTO stv_node_storage_capacity VALUES (0, 5000, 134217728)"))
                .isEqualTo(new DiskSpace.Unknown(
                        "its storage is managed: on RA3 the local disks are a cache, and what doesn't fit is in S3"));
    }

    private static DiskSpace ask(long bytes, String... views) throws SQLException {
        try (Connection cluster = ShapeDifferenceTest.connect();
                Statement statement = cluster.createStatement()) {
            for (String view : views) {
                statement.execute(view);
            }
            return DiskSpace.of(cluster, TABLE, bytes);
        }
    }
}
