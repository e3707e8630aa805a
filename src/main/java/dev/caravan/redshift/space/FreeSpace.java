package dev.caravan.redshift.space;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;

/**
 * What a cluster's disks have left. Only superusers see it, and whoever they grant it to; Serverless and clusters in several zones don't have the views.
 * On RA3 the local disks are a cache of what stands in S3, and always fill: there they tell nothing.
 */
public sealed interface FreeSpace {
    /** So many bytes. */
    record Known(long bytes) implements FreeSpace {}

    /**
     * Nobody knows.
     *
     * @param why a clause: {@code stv_partitions shows this user nothing}
     */
    record Hidden(String why) implements FreeSpace {}

    /** What {@link #of} fails with where there are no such views, or the user may not read them. */
    Set<String> NOT_SHOWN = Set.of("42P01", "42501");

    /** Blocks in both views have 1 MB. */
    int BLOCK = 20;

    /** Asks the cluster. A connection in a transaction can't be used for anything else if the views aren't there. */
    static FreeSpace of(Connection cluster) throws SQLException {
        Optional<long[]> local =
                blocks(cluster, "SELECT sum(used), sum(capacity) FROM stv_partitions WHERE part_begin = 0");
        if (local.isEmpty()) {
            return new Hidden("stv_partitions shows this user nothing");
        }
        long used = local.get()[0], capacity = local.get()[1];
        if (isManaged(cluster, capacity)) {
            return new Hidden(
                    "its storage is managed: on RA3 the local disks are a cache, and what doesn't fit is in S3");
        }
        return new Known(Math.max(0, capacity - used) << BLOCK);
    }

    /** "For RA3 node types, this capacity is the same as the total managed storage quota" (STV_NODE_STORAGE_CAPACITY): many times the local disks. */
    private static boolean isManaged(Connection cluster, long local) throws SQLException {
        try {
            return blocks(cluster, "SELECT sum(used), sum(capacity) FROM stv_node_storage_capacity")
                    .filter(whole -> whole[1] > 2 * local)
                    .isPresent();
        } catch (SQLException e) {
            if ("42P01".equals(e.getSQLState())) {
                return false; // a cluster that is older than RA3
            }
            throw e;
        }
    }

    private static Optional<long[]> blocks(Connection cluster, String query) throws SQLException {
        try (Statement statement = cluster.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            if (!rows.next()) {
                return Optional.empty();
            }
            long used = rows.getLong(1);
            boolean shown = !rows.wasNull();
            return shown ? Optional.of(new long[] {used, rows.getLong(2)}) : Optional.empty();
        }
    }
}
