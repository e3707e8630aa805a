package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetColumn;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetShape;
import dev.caravan.redshift.copy.SqlText;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The SQL that brings rows from the temporary table (called d, with its columns by position: c1, c2, …) into the target (called t). What is to be done with a row
 * stands in its op: {@code I}, {@code U}, {@code D} as in the files; {@code A}, an insert whose row is there and is updated; {@code G}, an update whose row is
 * gone and is inserted; {@code M}, an update whose row was taken out of the way and is put back.
 */
record StagedSql(TargetShape shape) {
    /** The temporary table, which no other table of this name hides. */
    static final String STAGED = "pg_temp.caravan_difference";

    static final String MOVED = "pg_temp.caravan_moved";

    private MirroredTable table() {
        return shape.table();
    }

    String drop() {
        return "DROP TABLE IF EXISTS " + STAGED;
    }

    /** With the types and collations of the target; a domain's rules hold for rows of the target, and a deleted row has only its keys. */
    String create(boolean forOneTransaction) {
        return "CREATE TEMP TABLE caravan_difference ON COMMIT " + (forOneTransaction ? "DROP" : "PRESERVE ROWS")
                + " AS SELECT CAST('' AS text) AS op, CAST(0 AS bigint) AS n, "
                + table().columns().stream().map(this::typed).collect(Collectors.joining(", ")) + " FROM "
                + table().sql() + " t WITH NO DATA";
    }

    private String typed(String column) {
        TargetColumn found =
                shape.columns().named(column).orElseThrow(() -> new IllegalArgumentException("no column " + column));
        String value = "t." + SqlText.identifier(column);
        return (found.isDomain() ? "CAST(" + value + " AS " + found.baseType() + ")" : value) + " AS "
                + table().position(column);
    }

    String copy(DifferenceFile file) {
        return "COPY " + STAGED + " (op, " + positions() + ") FROM STDIN WITH (FORMAT csv, NULL " + file.nullsAsSql()
                + ", ENCODING 'UTF8')";
    }

    private String positions() {
        return IntStream.rangeClosed(1, table().columns().size())
                .mapToObj(i -> "c" + i)
                .collect(Collectors.joining(", "));
    }

    String unique() {
        return "CREATE UNIQUE INDEX ON " + STAGED + " (" + table().eachKey(", ", table()::position) + ")";
    }

    String analyze() {
        return "ANALYZE " + STAGED;
    }

    String counts(Slice slice) {
        return "SELECT d.op, count(*) FROM " + STAGED + " d WHERE true" + slice.sql() + " GROUP BY d.op";
    }

    String nullKeys() {
        return "SELECT count(*) FROM " + STAGED + " d WHERE "
                + table().eachKey(" OR ", key -> "d." + table().position(key) + " IS NULL");
    }

    /** The same numbers for the same rows, whichever files they come in: what is freed by a deletion can be taken by a later chunk. */
    String number() {
        return "UPDATE " + STAGED + " d SET n = r.n FROM (SELECT ctid AS at, row_number() OVER (ORDER BY"
                + " CASE op WHEN 'D' THEN 1 WHEN 'U' THEN 2 ELSE 3 END, "
                + table().eachKey(", ", key -> "CAST(" + table().position(key) + " AS text) COLLATE \"C\"")
                + ") AS n FROM " + STAGED + ") r WHERE d.ctid = r.at";
    }

    String numbersIndex() {
        return "CREATE INDEX ON " + STAGED + " (n)";
    }

    /** Inserts whose rows are there. */
    String adopt(Slice slice) {
        return "UPDATE " + STAGED + " d SET op = 'A' FROM " + table().sql() + " t WHERE d.op = 'I' AND " + sameKeys("t")
                + slice.sql();
    }

    String delete(Slice slice) {
        return "DELETE FROM " + table().sql() + " t USING " + STAGED + " d WHERE d.op = 'D' AND " + sameKeys("t")
                + slice.sql();
    }

    /** Rows of keys alone have nothing to write, and are counted all the same. */
    String update(Slice slice) {
        String written = table().columns().stream()
                .filter(column -> !table().keys().contains(column))
                .map(column -> SqlText.identifier(column) + " = d." + table().position(column))
                .collect(Collectors.joining(", "));
        String key = SqlText.identifier(table().keys().get(0));
        return "UPDATE " + table().sql() + " t SET " + (written.isEmpty() ? key + " = t." + key : written) + " FROM "
                + STAGED + " d WHERE d.op IN ('U', 'A') AND " + sameKeys("t") + slice.sql();
    }

    /** Updates whose rows aren't there. */
    String gone(Slice slice) {
        return "UPDATE " + STAGED + " d SET op = 'G' WHERE d.op IN ('U', 'A')" + slice.sql()
                + " AND NOT EXISTS (SELECT FROM " + table().sql() + " t WHERE " + sameKeys("t") + ")";
    }

    String insert(Slice slice) {
        return "INSERT INTO " + table().sql() + " (" + table().columnList() + ") SELECT "
                + table().columns().stream()
                        .map(column -> "d." + table().position(column))
                        .collect(Collectors.joining(", "))
                + " FROM " + STAGED + " d WHERE d.op IN ('I', 'G')" + slice.sql();
    }

    /** Rows of some ops that the target has. */
    String there(String ops, Slice slice) {
        return " FROM " + STAGED + " d JOIN " + table().sql() + " t ON " + sameKeys("t") + " WHERE d.op IN (" + ops
                + ")" + slice.sql();
    }

    /** A few keys, as {@code id = 17}. */
    String keys(String from, int most) {
        return "SELECT " + table().eachKey(", ", key -> "CAST(d." + table().position(key) + " AS text)") + from
                + " LIMIT " + most;
    }

    String sameKeys(String other) {
        return table().eachKey(" AND ", key -> other + "." + SqlText.identifier(key) + " = d." + table().position(key));
    }
}
