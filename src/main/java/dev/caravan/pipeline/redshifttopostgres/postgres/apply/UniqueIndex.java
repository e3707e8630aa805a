package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.ServerErrorMessage;

/**
 * The index that a value was refused by.
 *
 * @param columns that it is of, also within expressions and conditions
 * @param freed those of them that let a row out of the index if they are NULL
 * @param remedy how it is made DEFERRABLE
 */
record UniqueIndex(String name, List<String> columns, List<String> freed, String remedy) {
    /** Of an index of a partition, the partition's columns have the same names. An expression of NULL is as a rule NULL. */
    private static final String ASK = """
            SELECT a.attname, NOT a.attnotnull AND coalesce(to_jsonb(i) ->> 'indnullsnotdistinct', 'false') = 'false',
                   CAST(CAST(i.indrelid AS regclass) AS text), pg_get_constraintdef(c.oid), quote_ident(x.relname)
              FROM pg_catalog.pg_index i
              JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace
              JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum > 0
              LEFT JOIN pg_catalog.pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
             WHERE n.nspname = ? AND x.relname = ?
               AND (a.attnum = ANY (i.indkey) OR EXISTS (
                   SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = CAST('pg_class' AS regclass)
                      AND d.objid = i.indexrelid AND d.refobjid = i.indrelid AND d.refobjsubid = a.attnum))
             ORDER BY a.attnum""";

    /** @param e what names it; its index has no columns if nothing is found */
    static UniqueIndex of(Connection connection, SQLException e) throws SQLException {
        String schema =
                PostgresFailures.server(e).map(ServerErrorMessage::getSchema).orElse("");
        String name = PostgresFailures.server(e)
                .map(ServerErrorMessage::getConstraint)
                .orElse("");
        List<String> columns = new ArrayList<>();
        List<String> freed = new ArrayList<>();
        String remedy = "";
        try (PreparedStatement ask = connection.prepareStatement(ASK)) {
            ask.setString(1, schema);
            ask.setString(2, name);
            try (ResultSet row = ask.executeQuery()) {
                while (row.next()) {
                    String column = String.valueOf(row.getString(1));
                    columns.add(column);
                    if (row.getBoolean(2)) {
                        freed.add(column);
                    }
                    String definition = row.getString(4);
                    remedy = definition == null
                            ? "make it a constraint that is DEFERRABLE, which an index alone can't be"
                            : "make it DEFERRABLE (ALTER TABLE " + row.getString(3) + " DROP CONSTRAINT "
                                    + row.getString(5) + ", ADD CONSTRAINT " + row.getString(5) + " " + definition
                                    + " DEFERRABLE)";
                }
            }
        }
        return new UniqueIndex(name, columns, freed, remedy);
    }
}
