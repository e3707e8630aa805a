package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.pipeline.tabletoredshift.source.TableSize;
import dev.caravan.pipeline.tabletoredshift.target.DiskSpace;
import dev.caravan.redshift.target.TableName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** A cluster has no room for a table that is to be taken whole: it isn't read before there is. */
final class NoRoom extends IOException {
    private static final long serialVersionUID = 1;

    private NoRoom(String message) {
        super(message);
    }

    /**
     * Goes on where there is room, or nobody can say.
     *
     * @param size what the source's statistics say, which is about what the rows take as CSV
     */
    static void unless(String cluster, Connection connection, TableName table, TableSize size)
            throws SQLException, NoRoom {
        if (size.bytes() > 0 && DiskSpace.of(connection, table, size.bytes()) instanceof DiskSpace.Missing missing) {
            throw new NoRoom("cluster " + cluster + ": " + missing.sentence() + ". Nothing is read until then");
        }
    }
}
