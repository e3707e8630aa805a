package dev.caravan.pipeline.tabletoredshift.source;

import dev.caravan.base.Shown;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A catalog whose one table is a SELECT: the source describes its columns when it is asked for none of its rows. They are those of the SELECT in parentheses, by
 * which it is read. It is asked within a transaction.
 */
final class StatementCatalog implements SourceCatalog {
    private final Connection connection;
    private final SourceStatement statement;

    StatementCatalog(Connection connection, SourceStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    @Override
    public List<TableId> tables() {
        return List.of(statement.id());
    }

    @Override
    public List<TableId> unreadable() {
        return List.of();
    }

    /** PostgreSQL is asked to fail instead, when it is read. */
    @Override
    public boolean hidesRows(TableId id) {
        return false;
    }

    /** @throws SQLException also if the source refuses the SELECT; the transaction goes on all the same */
    @Override
    public Optional<SourceTable> table(TableId id) throws SQLException {
        if (!id.equals(statement.id())) {
            return Optional.empty();
        }
        SourceKind kind = SourceKind.of(connection);
        try (Statement asked = connection.createStatement()) {
            asked.execute("SAVEPOINT caravan_description");
            try (ResultSet none = asked.executeQuery("SELECT * FROM " + statement.from(kind) + " LIMIT 0")) {
                return Optional.of(new SourceTable(
                        kind, id, "", columns(kind, none.getMetaData()), List.of(), Optional.of(statement)));
            } catch (SQLException e) {
                asked.execute("ROLLBACK TO SAVEPOINT caravan_description");
                throw new SQLException(
                        id + ": the source refuses its select: " + Shown.line(String.valueOf(e.getMessage())),
                        e.getSQLState(),
                        e.getErrorCode(),
                        e);
            }
        }
    }

    /** Nobody knows it of a SELECT. */
    @Override
    public Optional<ColumnUpkeep> upkeep(TableId id, String column) {
        return Optional.empty();
    }

    private List<SourceColumn> columns(SourceKind kind, ResultSetMetaData described) throws SQLException {
        List<SourceColumn> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 1; i <= described.getColumnCount(); i++) {
            String name = described.getColumnLabel(i);
            if (!names.add(name)) {
                // Syntax and access rule violation, as it is in MySQL.
                throw new SQLException(
                        "two of its columns are called " + name + ": give one another name (AS)", "42701");
            }
            boolean nullable = !statement.neverNull().contains(name);
            columns.add(
                    switch (kind) {
                        case MYSQL -> MySqlDescription.column(described, i, nullable);
                        case POSTGRESQL -> PostgresDescription.column(connection, described, i, nullable);
                    });
        }
        return columns;
    }
}
