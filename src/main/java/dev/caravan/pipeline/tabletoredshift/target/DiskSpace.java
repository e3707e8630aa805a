package dev.caravan.pipeline.tabletoredshift.target;

import dev.caravan.base.Quantity;
import dev.caravan.base.Shown;
import dev.caravan.redshift.space.FreeSpace;
import dev.caravan.redshift.target.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Whether a cluster has room for a load, asked before it begins: a COPY that fills the disk fails in its middle, and all other work with it. */
public sealed interface DiskSpace {
    /** There is room. */
    record Enough(long needed, long free) implements DiskSpace {}

    /**
     * There isn't.
     *
     * @param sentence with what to do
     */
    record Missing(long needed, long free, String sentence) implements DiskSpace {}

    /**
     * Nobody can say.
     *
     * @param why a clause
     */
    record Unknown(String why) implements DiskSpace {}

    /**
     * Compares.
     *
     * @param bytes of the rows that are loaded, as CSV. COPY sorts them before they are written, for which it takes about 2.5 times
     *     as much for a while: operators' experience, and what preflight reckons with; AWS's guide has no figure
     */
    static DiskSpace of(Connection cluster, TableName table, long bytes) throws SQLException {
        long needed = bytes / 2 * 5;
        FreeSpace space;
        try {
            space = FreeSpace.of(cluster);
        } catch (SQLException e) {
            if (!FreeSpace.NOT_SHOWN.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
            return new Unknown("this cluster has no stv_partitions that this user may read (Serverless has none;"
                    + " elsewhere a superuser grants SELECT on it and on stv_node_storage_capacity)");
        }
        if (space instanceof FreeSpace.Hidden hidden) {
            return new Unknown(hidden.why());
        }
        long free = ((FreeSpace.Known) space).bytes();
        return free >= needed
                ? new Enough(needed, free)
                : new Missing(needed, free, sentence(cluster, table, bytes, needed, free));
    }

    private static String sentence(Connection cluster, TableName table, long bytes, long needed, long free)
            throws SQLException {
        String present = size(cluster, table)
                .map(size -> "; of the " + Quantity.inBytes(size)
                        + " that the table takes now, VACUUM frees what deleted rows keep")
                .orElse("");
        return Shown.line(
                table.text() + ": to load " + Quantity.inBytes(bytes) + " takes about " + Quantity.inBytes(needed)
                        + " of the cluster's disks for a while, and " + Quantity.inBytes(free) + " are free: "
                        + Quantity.inBytes(needed - free) + " are missing. Make room, or resize the cluster" + present);
    }

    /** What the table takes; empty if nobody tells. An empty table isn't in the view. */
    private static Optional<Long> size(Connection cluster, TableName table) throws SQLException {
        if (table.parts().size() < 2) {
            return Optional.empty();
        }
        try (PreparedStatement statement =
                cluster.prepareStatement("SELECT size FROM svv_table_info WHERE \"schema\" = ? AND \"table\" = ?")) {
            statement.setString(1, table.parts().get(0));
            statement.setString(2, table.parts().get(1));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getLong(1) << FreeSpace.BLOCK) : Optional.empty();
            }
        } catch (SQLException e) {
            if (FreeSpace.NOT_SHOWN.contains(String.valueOf(e.getSQLState()))) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
