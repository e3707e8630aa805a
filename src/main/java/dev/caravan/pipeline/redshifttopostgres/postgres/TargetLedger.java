package dev.caravan.pipeline.redshifttopostgres.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * {@code caravan.mirrors}: one row for each mirror, in the target itself. It says which snapshot the rows are of, and nothing else does. A row is changed only
 * by compare-and-set, by the transaction that changes the mirror's rows, so that whoever dies, or wakes up late, the two agree.
 */
public final class TargetLedger {
    /** The schema and the table, for people. */
    public static final String TABLE = "caravan.mirrors";

    static final String MAKE_SCHEMA = "CREATE SCHEMA IF NOT EXISTS caravan";

    static final String MAKE_TABLE = """
            CREATE TABLE IF NOT EXISTS caravan.mirrors (
                mirror text PRIMARY KEY, snapshot text NOT NULL, signature text NOT NULL, base text NOT NULL,
                inserted bigint NOT NULL, updated bigint NOT NULL, deleted bigint NOT NULL,
                applied_at timestamptz NOT NULL, half_way_to text, half_way_rows bigint)""";

    private static final String THERE = """
            SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = 'caravan' AND c.relname = 'mirrors'""";

    private static final String ROW = """
            SELECT snapshot, signature, base, inserted, updated, deleted, applied_at, half_way_to, half_way_rows
              FROM caravan.mirrors WHERE mirror = ?""";

    private static final String BEGUN = """
            INSERT INTO caravan.mirrors VALUES (?, '', '', '', 0, 0, 0, clock_timestamp()) ON CONFLICT DO NOTHING""";

    private static final String CHANGE = """
            UPDATE caravan.mirrors SET snapshot = ?, signature = ?, base = ?, inserted = ?, updated = ?, deleted = ?,
                   applied_at = clock_timestamp(), half_way_to = ?, half_way_rows = ?
             WHERE mirror = ? AND snapshot = ? AND half_way_to IS NOT DISTINCT FROM ? AND half_way_rows IS NOT DISTINCT FROM ?""";

    private TargetLedger() {}

    /** What the target says it holds; empty if it never held anything of this mirror. Changes nothing. */
    public static Optional<Held> held(Connection connection, String mirror) throws SQLException {
        return isThere(connection) ? row(connection, mirror, ROW) : Optional.empty();
    }

    /** Whether the table is there. */
    public static boolean isThere(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet there = statement.executeQuery(THERE)) {
            return there.next();
        }
    }

    /**
     * Makes schema and table if they are missing, in transactions of their own.
     *
     * @throws TargetRefused if that isn't allowed: with the SQL that somebody else can run
     */
    public static void prepare(Connection connection) throws SQLException, TargetRefused {
        boolean auto = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try {
            if (!isThere(connection)) {
                make(connection);
            }
        } finally {
            connection.setAutoCommit(auto);
        }
    }

    private static void make(Connection connection) throws SQLException, TargetRefused {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "DO $$ BEGIN IF to_regnamespace('caravan') IS NULL THEN " + MAKE_SCHEMA + "; END IF; END $$");
            statement.execute(MAKE_TABLE);
        } catch (SQLException e) {
            if (SqlState.INSUFFICIENT_PRIVILEGE.is(e)) {
                throw new TargetRefused(
                        "PostgreSQL notes in " + TABLE + " which snapshot it holds, and "
                                + connection.getMetaData().getUserName() + " may not make that table (" + e.getMessage()
                                + "): have the database's owner run "
                                + remedy(connection.getMetaData().getUserName()),
                        e);
            }
            if (!isThere(connection)) { // "IF NOT EXISTS" of two at the same time may meet in the catalog
                throw e;
            }
        }
    }

    /** The SQL that an owner runs for a user who may not. */
    public static String remedy(String user) {
        String quoted = '"' + user.replace("\"", "\"\"") + '"';
        return MAKE_SCHEMA + " AUTHORIZATION " + quoted;
    }

    /**
     * Locks the mirror's row until the transaction ends; it is made if there is none, and gone again if the transaction isn't committed. Whoever has it
     * is waited for as long as {@code lock_timeout} says.
     */
    public static Held lock(Connection connection, String mirror) throws SQLException {
        try (PreparedStatement begun = connection.prepareStatement(BEGUN)) {
            begun.setString(1, mirror);
            begun.executeUpdate();
        }
        return row(connection, mirror, ROW + " FOR UPDATE")
                .orElseThrow(() -> new SQLException(
                        "the row of " + mirror + " in " + TABLE + " was deleted at this moment", "40001"));
    }

    /**
     * Changes a row that this transaction has locked.
     *
     * @param before as {@link #lock} had it
     * @param after {@code appliedAt} of which isn't looked at
     */
    public static void change(Connection connection, Held before, Held after) throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(CHANGE)) {
            change.setString(1, after.snapshot());
            change.setString(2, after.signature());
            change.setString(3, after.base());
            change.setLong(4, after.inserted());
            change.setLong(5, after.updated());
            change.setLong(6, after.deleted());
            setHalfWay(change, 7, after);
            change.setString(9, before.mirror());
            change.setString(10, before.snapshot());
            setHalfWay(change, 11, before);
            int changed = change.executeUpdate();
            if (changed != 1) {
                throw new SQLException(
                        TABLE + " doesn't hold " + before.inWords() + " of " + before.mirror() + " any more", "40001");
            }
        }
    }

    private static void setHalfWay(PreparedStatement statement, int at, Held held) throws SQLException {
        if (held.halfWay().isPresent()) {
            Held.HalfWay half = held.halfWay().get();
            statement.setString(at, half.snapshot());
            statement.setLong(at + 1, half.rows());
        } else {
            statement.setNull(at, java.sql.Types.VARCHAR);
            statement.setNull(at + 1, java.sql.Types.BIGINT);
        }
    }

    private static Optional<Held> row(Connection connection, String mirror, String sql) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(sql)) {
            ask.setString(1, mirror);
            try (ResultSet row = ask.executeQuery()) {
                return row.next() ? Optional.of(held(mirror, row)) : Optional.empty();
            }
        }
    }

    private static Held held(String mirror, ResultSet row) throws SQLException {
        String halfWayTo = row.getString(8);
        return new Held(
                mirror,
                String.valueOf(row.getString(1)),
                String.valueOf(row.getString(2)),
                String.valueOf(row.getString(3)),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                halfWayTo == null ? Optional.empty() : Optional.of(new Held.HalfWay(halfWayTo, row.getLong(9))));
    }
}
