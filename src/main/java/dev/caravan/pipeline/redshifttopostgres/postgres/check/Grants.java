package dev.caravan.pipeline.redshifttopostgres.postgres.check;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetShape;
import dev.caravan.redshift.copy.SqlText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rights that a mirror needs and the user lacks, each as the GRANT that gives it. One for DELETE alone would otherwise show with the first deletion. */
record Grants(Catalog catalog, MirroredTable table, TargetShape shape) {
    /** A right on all columns that are written is as good as one on the table. */
    private static final String ON_TABLE = """
            SELECT has_schema_privilege(c.relnamespace, 'USAGE'),
                   bool_and(has_column_privilege(c.oid, a.attnum, 'SELECT')),
                   bool_and(has_column_privilege(c.oid, a.attnum, 'INSERT')),
                   bool_and(has_column_privilege(c.oid, a.attnum, 'UPDATE')),
                   has_table_privilege(c.oid, 'DELETE'), pg_has_role(c.relowner, 'USAGE')
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname::text = ANY (?) AND NOT a.attisdropped
             WHERE n.nspname = ? AND c.relname = ? GROUP BY c.oid, c.relnamespace, c.relowner""";

    private static final String ON_DATABASE = """
            SELECT current_user, current_database(), has_database_privilege(current_database(), 'TEMP'),
                   has_database_privilege(current_database(), 'CREATE'),
                   (SELECT has_schema_privilege(n.oid, 'USAGE') FROM pg_catalog.pg_namespace n WHERE n.nspname = 'caravan'),
                   (SELECT has_schema_privilege(n.oid, 'CREATE') FROM pg_catalog.pg_namespace n WHERE n.nspname = 'caravan'),
                   (SELECT has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
                       AND has_table_privilege(c.oid, 'UPDATE')
                      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                     WHERE n.nspname = 'caravan' AND c.relname = 'mirrors')""";

    List<Finding> findings() throws SQLException {
        List<Finding> findings = new ArrayList<>();
        List<String> database = catalog.ask(ON_DATABASE).get(0);
        String user = SqlText.identifier(database.get(0));
        if (isDenied(database.get(2))) {
            findings.add(missing("GRANT TEMP ON DATABASE " + SqlText.identifier(database.get(1)) + " TO " + user));
        }
        findings.addAll(onLedger(database, user));
        if (shape.columns().isThere()) {
            findings.addAll(onTable(user));
        }
        return findings;
    }

    private static List<Finding> onLedger(List<String> database, String user) {
        List<Finding> findings = new ArrayList<>();
        boolean hasSchema = !database.get(4).isEmpty();
        boolean hasTable = !database.get(6).isEmpty();
        if (hasSchema && isDenied(database.get(4))) {
            findings.add(missing("GRANT USAGE ON SCHEMA caravan TO " + user));
        }
        if (hasTable && isDenied(database.get(6))) {
            findings.add(missing("GRANT SELECT, INSERT, UPDATE ON " + TargetLedger.TABLE + " TO " + user));
        }
        if (!hasTable && hasSchema && isDenied(database.get(5))) {
            findings.add(missing("GRANT CREATE ON SCHEMA caravan TO " + user));
        }
        if (!hasSchema && isDenied(database.get(3))) {
            findings.add(missing(TargetLedger.remedy(database.get(0))));
        }
        return findings;
    }

    private List<Finding> onTable(String user) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (List<String> row : catalog.ask(ON_TABLE, table.columns(), table.schema(), table.table())) {
            if (isDenied(row.get(0))) {
                findings.add(missing("GRANT USAGE ON SCHEMA " + SqlText.identifier(table.schema()) + " TO " + user));
            }
            List<String> rights = new ArrayList<>();
            String[] names = {"SELECT", "INSERT", "UPDATE", "DELETE"};
            for (int i = 0; i < names.length; i++) {
                if (isDenied(row.get(i + 1))) {
                    rights.add(names[i]);
                }
            }
            if (!rights.isEmpty()) {
                findings.add(missing("GRANT " + String.join(", ", rights) + " ON " + table.sql() + " TO " + user));
            }
            if (isDenied(row.get(5))) {
                findings.add(Finding.warning("This user doesn't own " + table.inWords()
                        + ", so that its statistics are renewed by autovacuum alone, and columns that the source gains are"
                        + " added by its owner"));
            }
        }
        return findings;
    }

    private static boolean isDenied(String answer) {
        return answer.equals("f");
    }

    private static Finding missing(String grant) {
        return Finding.fault("The target's user lacks a right: " + grant);
    }
}
