package dev.caravan.pipeline.redshifttopostgres.postgres.check;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Unique indexes whose values rows may swap in a night, and which would stop the mirror then. */
record UniqueValues(Catalog catalog, MirroredTable table) {
    /** Those of columns that may be NULL, or whose rows nobody would miss for a moment, are got round. */
    private static final String STRICT = """
            SELECT x.relname, pg_get_indexdef(i.indexrelid), c.conname IS NOT NULL,
                   (SELECT string_agg(CAST(a.attname AS text), chr(10)) FROM pg_catalog.pg_attribute a
                     WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) AND a.attnum > 0),
                   EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indrelid
                      AND a.attnum = ANY (i.indkey) AND NOT a.attnotnull AND a.attname::text = ANY (?))
              FROM pg_catalog.pg_index i
              JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
              LEFT JOIN pg_catalog.pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
             WHERE i.indrelid = CAST(? AS regclass) AND (i.indisunique OR i.indisexclusion) AND i.indimmediate
               AND NOT coalesce(c.condeferrable, false) ORDER BY 1""";

    private static final String NOTICED = """
            SELECT 'foreign key ' || conname FROM pg_catalog.pg_constraint
             WHERE contype = 'f' AND confrelid = CAST(? AS regclass)
            UNION ALL SELECT 'trigger ' || tgname FROM pg_catalog.pg_trigger WHERE tgrelid = CAST(? AS regclass)
               AND NOT tgisinternal AND (tgtype & 8) <> 0 AND tgenabled <> 'D' ORDER BY 1""";

    List<Finding> findings() throws SQLException {
        List<Finding> findings = new ArrayList<>();
        List<String> noticing = catalog.ask(NOTICED, table.sql(), table.sql()).stream()
                .map(row -> row.get(0))
                .toList();
        for (List<String> index : catalog.ask(STRICT, written(), table.sql())) {
            List<String> columns = Arrays.asList(index.get(3).split("\n"));
            boolean moves = columns.stream().anyMatch(written()::contains);
            if (moves && index.get(4).equals("f") && !noticing.isEmpty()) {
                findings.add(Finding.warning("If rows of " + table.inWords() + " swap values of " + index.get(0) + " ("
                        + String.join(", ", columns) + "), the mirror stops, for " + String.join(", ", noticing)
                        + " would notice what else could be done: make it "
                        + (index.get(2).equals("t") ? "" : "a constraint that is ") + "DEFERRABLE"));
            }
        }
        return findings;
    }

    private List<String> written() {
        return table.columns().stream()
                .filter(column -> !table.keys().contains(column))
                .toList();
    }
}
