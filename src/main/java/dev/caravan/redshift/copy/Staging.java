package dev.caravan.redshift.copy;

import dev.caravan.redshift.target.Target;
import dev.caravan.redshift.target.WriteMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders the part of a load that goes through temporary tables: COPY fills {@code caravan_stage}, its rows are numbered by file in
 * {@code caravan_rows}, and what is to reach the table is in {@code caravan_new}. Temporary tables go with the transaction if it is rolled back, and are
 * dropped at its end, for connections are used again. TRUNCATE would commit, so that DELETE empties.
 */
final class Staging {
    static final String STAGE = "\"caravan_stage\"";
    static final String COUNT = "(SELECT COUNT(*) FROM \"caravan_new\")";

    private static final String ROWS = "\"caravan_rows\"";

    /** Selects how many rows the files had, as {@code n}. */
    static final String COPIED = "SELECT COUNT(*) AS \"n\" FROM " + ROWS;

    private static final String NEW = "\"caravan_new\"";
    static final String END = ";\nDROP TABLE " + STAGE + ";\nDROP TABLE " + ROWS + ";\nDROP TABLE " + NEW;

    private static final String NUMBER = "\"caravan_number\"";
    private static final String FILE = "\"caravan_file\"";
    private static final String RANK = "\"caravan_rank\"";

    private final Target target;
    private final String table;
    private final CopySource source;
    private final String loaded;

    /** @param table quoted */
    Staging(Target target, String table, CopySource source) {
        this.target = target;
        this.table = table;
        this.source = source;
        loaded = SqlText.identifiers(source.loaded(target), ", ");
    }

    /** The table that COPY fills: without what the table's other columns, defaults and constraints want. */
    private String stage() {
        return "CREATE TEMP TABLE " + STAGE + " AS SELECT " + loaded + " FROM " + table + " WHERE 1 = 0;\n";
    }

    /** @param copy renders a COPY into a table from a manifest */
    String fill(BinaryOperator<String> copy) {
        var sql = new StringBuilder(stage());
        sql.append("CREATE TEMP TABLE " + ROWS + " AS SELECT ")
                .append(loaded)
                .append(", 0 AS " + NUMBER + ", CAST('' AS VARCHAR(2048)) AS " + FILE + " FROM ")
                .append(table)
                .append(" WHERE 1 = 0;\n");
        if (source.files().isEmpty()) {
            sql.append(copy.apply(STAGE, source.manifestUrl())).append(";\n").append(number(0, ""));
        }
        for (int i = 0; i < source.files().size(); i++) {
            CopySource.SingleFile file = source.files().get(i);
            sql.append(copy.apply(STAGE, file.manifestUrl())).append(";\n").append(number(i, file.url()));
            if (i + 1 < source.files().size()) {
                sql.append("DELETE FROM " + STAGE + ";\n");
            }
        }
        return sql.append(chosen()).append(merged()).toString();
    }

    private String number(int number, String url) {
        return "INSERT INTO " + ROWS + " SELECT " + loaded + ", " + number + ", " + SqlText.literal(url) + " FROM "
                + STAGE + ";\n";
    }

    /** Of rows with the same keys one, and none that the table is to keep; null equals no key, though a partition puts nulls together. */
    private String chosen() {
        var sql = new StringBuilder("CREATE TEMP TABLE " + NEW + " AS SELECT ").append(loaded);
        target.writtenFileColumn()
                .ifPresent(column -> sql.append(", " + FILE + " AS ").append(SqlText.identifier(column)));
        target.loadedAtColumn()
                .ifPresent(column -> sql.append(", getdate() AS ").append(SqlText.identifier(column)));
        if (!target.writeMode().isMerge()) {
            return sql.append(" FROM " + ROWS + ";\n").toString();
        }
        sql.append(" FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY ")
                .append(SqlText.identifiers(target.keys(), ", "))
                .append(" ORDER BY ")
                .append(order())
                .append(") AS " + RANK + " FROM " + ROWS + ") r WHERE (" + RANK + " = 1")
                .append(target.keys().stream()
                        .map(key -> " OR " + SqlText.identifier(key) + " IS NULL")
                        .collect(Collectors.joining()))
                .append(')');
        if (target.writeMode() == WriteMode.KEEP_EXISTING) {
            sql.append(" AND NOT EXISTS (SELECT 1 FROM ")
                    .append(table)
                    .append(" t WHERE ")
                    .append(sameKeys("t", "r"))
                    .append(')');
        }
        return sql.append(";\n").append(outdated()).toString();
    }

    /** The first of equal keys by this order is the one that would be left if each row came alone, one file after the other. */
    private String order() {
        if (target.writeMode() == WriteMode.KEEP_EXISTING) {
            return NUMBER;
        }
        return Stream.concat(target.orderBy().stream().map(SqlText::identifier), Stream.of(NUMBER))
                .map(column -> column + " DESC NULLS LAST")
                .collect(Collectors.joining(", "));
    }

    /** Takes out what is older than the table's row with the same keys. A join, since Redshift doesn't take every correlated subquery. */
    private String outdated() {
        return target.writeMode() != WriteMode.OVERWRITE_EXISTING
                        || target.orderBy().isEmpty()
                ? ""
                : "DELETE FROM " + NEW + " USING " + table + " t WHERE " + sameKeys("t", NEW) + " AND "
                        + Later.of(target.orderBy(), "t", NEW) + ";\n";
    }

    private String merged() {
        var sql = new StringBuilder();
        if (target.writeMode() == WriteMode.OVERWRITE_EXISTING) {
            sql.append("DELETE FROM ")
                    .append(table)
                    .append(" USING " + NEW + " n WHERE ")
                    .append(sameKeys(table, "n"))
                    .append(";\n");
        }
        List<String> columns = new ArrayList<>(source.loaded(target));
        target.writtenFileColumn().ifPresent(columns::add);
        target.loadedAtColumn().ifPresent(columns::add);
        String names = SqlText.identifiers(columns, ", ");
        return sql.append("INSERT INTO ")
                .append(table)
                .append(" (")
                .append(names)
                .append(") SELECT ")
                .append(names)
                .append(" FROM " + NEW + ";\n")
                .toString();
    }

    private String sameKeys(String one, String other) {
        return target.keys().stream()
                .map(SqlText::identifier)
                .map(key -> one + "." + key + " = " + other + "." + key)
                .collect(Collectors.joining(" AND "));
    }
}
