package dev.caravan.dataapi;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@link Connection} is here. There is nothing to connect to. Each body that is executed is a transaction of its own, committed when
 * {@code execute} returns, whatever auto-commit is; so that without auto-commit a second body, or taking back the first, is refused.
 */
final class DataApiConnection {
    private final DataApi api;
    private boolean autoCommit = true;
    private boolean ran;
    private boolean closed;

    private DataApiConnection(DataApi api) {
        this.api = api;
    }

    static Connection of(DataApi api) {
        return Facade.of(Connection.class, new DataApiConnection(api));
    }

    Optional<Rows> run(String sql) throws SQLException {
        if (closed) {
            throw new SQLException("the connection is closed", "08003");
        }
        if (ran) {
            throw new SQLFeatureNotSupportedException(
                    "one body is one transaction of the Data API, and the last one is committed: commit before the next",
                    "0A000");
        }
        List<String> statements = SqlBody.statements(sql);
        Optional<Rows> rows = api.run(statements);
        ran = !autoCommit;
        return rows;
    }

    Statement createStatement() {
        return Facade.of(Statement.class, new DataApiStatement(this));
    }

    PreparedStatement prepareStatement(String sql) {
        return Facade.of(PreparedStatement.class, new DataApiQuery(this, sql));
    }

    boolean isValid(int seconds) {
        return !closed && api.answers(Duration.ofSeconds(seconds));
    }

    boolean getAutoCommit() {
        return autoCommit;
    }

    void setAutoCommit(boolean on) {
        autoCommit = on;
        ran = false;
    }

    /** What ran is committed. */
    void commit() {
        ran = false;
    }

    /** What failed is rolled back. */
    void rollback() throws SQLException {
        if (ran) {
            ran = false;
            throw new SQLFeatureNotSupportedException(
                    "what ran can't be rolled back: the Data API has committed it", "0A000");
        }
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
