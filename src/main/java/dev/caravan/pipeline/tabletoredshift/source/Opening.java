package dev.caravan.pipeline.tabletoredshift.source;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a connection of a source, which its caller closes or aborts. */
@FunctionalInterface
public interface Opening {
    Connection open() throws SQLException;
}
