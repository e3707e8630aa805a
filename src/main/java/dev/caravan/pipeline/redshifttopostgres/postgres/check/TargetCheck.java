package dev.caravan.pipeline.redshifttopostgres.postgres.check;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetColumn;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What would hinder a mirror. Timeouts that a role or a database has ({@code statement_timeout}, {@code idle_in_transaction_session_timeout}) are none: a mirror's
 * transactions are without.
 */
public final class TargetCheck {
    private static final String SERVER = """
            SELECT pg_is_in_recovery(), current_setting('default_transaction_read_only'), current_setting('server_encoding')""";

    private static final String KEPT = """
            SELECT c.relpersistence, row_security_active(c.oid), c.oid
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ?""";

    private static final String USED =
            "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ? AND has_schema_privilege(oid, 'USAGE')";

    private final Catalog catalog;
    private final MirroredTable table;
    private final TargetShape shape;

    private TargetCheck(Connection connection, MirroredTable table) throws SQLException {
        catalog = new Catalog(connection);
        this.table = table;
        shape = TargetShape.of(connection, table);
    }

    /** All that is found, what hinders first. */
    public static List<Finding> findings(Connection connection, MirroredTable table) throws SQLException {
        List<Finding> findings = new TargetCheck(connection, table).all();
        findings.sort((a, b) -> Boolean.compare(b.hinders(), a.hinders()));
        return findings;
    }

    private List<Finding> all() throws SQLException {
        List<Finding> findings = new ArrayList<>(server());
        shape.hindrances().forEach(hindrance -> findings.add(Finding.fault(hindrance)));
        if (shape.columns().isThere()) {
            findings.addAll(kept());
            findings.addAll(columns());
            if (catalog.has(USED, table.schema())) { // else its tables can't even be named
                findings.addAll(new Neighbours(catalog, table).findings());
                findings.addAll(new UniqueValues(catalog, table).findings());
            }
        }
        findings.addAll(new Grants(catalog, table, shape).findings());
        return findings;
    }

    private List<Finding> server() throws SQLException {
        List<Finding> findings = new ArrayList<>();
        List<String> server = catalog.ask(SERVER).get(0);
        if (server.get(0).equals("t")) {
            findings.add(Finding.fault(
                    "The connection leads to a replica, which takes no writes: have the target's url lead to"
                            + " the primary (targetServerType=primary with all hosts named)"));
        }
        if (server.get(1).equals("on")) {
            findings.add(Finding.fault("Transactions of this user, or of this database, are read-only: set"
                    + " default_transaction_read_only to off for it"));
        }
        if (!server.get(2).equals("UTF8")) {
            findings.add(Finding.warning("The database's encoding is " + server.get(2)
                    + ": a value with a character that it lacks stops the mirror"));
        }
        return findings;
    }

    private List<Finding> kept() throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (List<String> row : catalog.ask(KEPT, table.schema(), table.table())) {
            if (row.get(0).equals("u")) {
                findings.add(Finding.fault(table.inWords() + " is UNLOGGED: after a crash PostgreSQL empties it, and "
                        + "caravan.mirrors would still say that it has all rows. ALTER TABLE " + table.sql()
                        + " SET LOGGED"));
            }
            if (row.get(1).equals("t")) {
                findings.add(
                        Finding.fault(
                                "Row security hides rows of " + table.inWords()
                                        + " from this user, and a mirror must see all: ALTER ROLE … BYPASSRLS, or have its owner write it"));
            }
        }
        return findings;
    }

    private List<Finding> columns() {
        List<Finding> findings = new ArrayList<>();
        for (String name : table.columns()) {
            TargetColumn column = shape.columns().named(name).orElse(null);
            if (column != null && table.keys().contains(name) && column.isNullable()) {
                findings.add(Finding.warning(table.inWords() + "." + name
                        + " is a key and may be NULL: rows in which it is are left to the application"));
            }
            if (column != null
                    && (column.made() == TargetColumn.Made.IDENTITY
                            || column.defaultSql()
                                    .filter(sql -> sql.startsWith("nextval("))
                                    .isPresent())) {
                findings.add(
                        Finding.warning(
                                table.inWords() + "." + name + " has numbers of a sequence, which the mirror's"
                                        + " rows don't advance: a row that the application inserts may get a number that is taken"));
            }
        }
        return findings;
    }
}
