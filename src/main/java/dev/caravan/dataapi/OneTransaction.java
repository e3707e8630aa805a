package dev.caravan.dataapi;

import dev.caravan.base.Quantity;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Shows in a session, before anything is loaded in it, that the session's calls share a transaction: nobody documents it, and where they didn't, a load
 * that fails halfway would be loaded twice. What is created behind a BEGIN must be there for a later call, of the same connection, and must be gone after a
 * ROLLBACK that is another call. A temporary table is, whatever happens, gone with the session.
 */
final class OneTransaction {
    /** Runs one statement in the session; a single value comes back of a query. */
    @FunctionalInterface
    interface Call {
        Optional<Rows> run(String statement) throws SQLException;
    }

    private static final String CANT = "0A000";

    private final Call session;
    private final int statements;
    private final String table =
            "caravan_proof_" + UUID.randomUUID().toString().replace("-", "").toLowerCase(Locale.ROOT);

    /** @param statements of the load */
    OneTransaction(Call session, int statements) {
        this.session = session;
        this.statements = statements;
    }

    /**
     * To be called behind a BEGIN, which it rolls back.
     *
     * @throws SQLException if it isn't so; nothing was changed then
     */
    void prove() throws SQLException {
        session.run("CREATE TEMP TABLE " + table + " (n INT)");
        String before = seen();
        session.run("ROLLBACK");
        String after = seen();
        if (!before.endsWith(" 1")) {
            throw refused("what one call has created is not there for the next");
        }
        if (!connection(before).equals(connection(after))) {
            throw refused("its calls run on several connections of the database");
        }
        if (!after.endsWith(" 0")) {
            throw refused("what was created behind BEGIN is still there after ROLLBACK");
        }
    }

    /** The connection's process, and how many such tables there are. */
    private String seen() throws SQLException {
        List<?> row = session.run(
                        "SELECT pg_backend_pid(), COUNT(*) FROM pg_catalog.pg_class WHERE relname = '" + table + "'")
                .map(rows -> rows.values().get(0))
                .orElse(List.of("", ""));
        return row.get(0) + " " + row.get(1);
    }

    private static String connection(String seen) {
        return seen.substring(0, seen.indexOf(' '));
    }

    private SQLException refused(String why) {
        return new SQLException(
                ("a session of the Data API doesn't keep a transaction open between its calls here (%s), so that %s can't be all or nothing,"
                                + " and none was run: up to %d can; make the batches of a feed that is copied file by file smaller (batchSize),"
                                + " shorten preSql and postSql, or reach this cluster by JDBC")
                        .formatted(why, Quantity.count(statements, "statement"), DataApi.MOST_IN_BATCH),
                CANT);
    }
}
