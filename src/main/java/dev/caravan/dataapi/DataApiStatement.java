package dev.caravan.dataapi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@link java.sql.Statement} is here. */
class DataApiStatement {
    private final DataApiConnection connection;
    private Optional<Rows> rows = Optional.empty();
    private boolean closed;

    DataApiStatement(DataApiConnection connection) {
        this.connection = connection;
    }

    /** True if there are rows, which only a body of a single statement has. */
    boolean execute(String sql) throws SQLException {
        rows = connection.run(sql);
        return rows.isPresent();
    }

    ResultSet executeQuery(String sql) throws SQLException {
        execute(sql);
        ResultSet answer = getResultSet();
        if (answer == null) {
            throw new SQLException("the statement has no rows", "02000");
        }
        return answer;
    }

    @Nullable
    ResultSet getResultSet() {
        return rows.map(there -> DataApiRows.of(there, this)).orElse(null);
    }

    /** The Data API doesn't tell it for all kinds of statements. */
    int getUpdateCount() {
        return rows.isPresent() ? -1 : 0;
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
