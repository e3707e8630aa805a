package dev.caravan.pipeline.tabletoredshift.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What tables a source has. It asks on a connection that somebody else opened and closes. */
public interface SourceCatalog {
    /** The catalog of what is at the other end. */
    static SourceCatalog of(Connection connection) throws SQLException {
        return switch (SourceKind.of(connection)) {
            case MYSQL -> new MySqlCatalog(connection);
            case POSTGRESQL -> new PostgresCatalog(connection);
        };
    }

    /**
     * The same, or of what is taken in a table's place.
     *
     * @param connection in a transaction
     */
    static SourceCatalog of(Connection connection, Optional<SourceStatement> statement) throws SQLException {
        return statement.isPresent() ? new StatementCatalog(connection, statement.get()) : of(connection);
    }

    /** Tables and views that are there and the user may not read, as far as the source tells it of them. */
    List<TableId> unreadable() throws SQLException;

    /** Whether rows of a table are hidden from the user. */
    boolean hidesRows(TableId id) throws SQLException;

    /** Tables and views that the user may read, by name; a partitioned table is one, and the source's own are left out. */
    List<TableId> tables() throws SQLException;

    /** One of them; empty if it isn't there, or the user may not know it. */
    Optional<SourceTable> table(TableId id) throws SQLException;

    /** How a column of a table is kept; empty if it isn't there. */
    Optional<ColumnUpkeep> upkeep(TableId id, String column) throws SQLException;
}
