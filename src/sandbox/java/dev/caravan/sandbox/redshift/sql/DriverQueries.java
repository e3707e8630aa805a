package dev.caravan.sandbox.redshift.sql;

import java.util.regex.Pattern;

/**
 * The Redshift driver's own DatabaseMetaData queries, written for Redshift's parser: select aliases in WHERE, "THEN 1WHEN" (junk
 * after a number, says PostgreSQL 15), late-binding views.
 */
final class DriverQueries {
    private static final Pattern GLUED = Pattern.compile("(\\d)(WHEN\\b)");
    private static final String LATE_BINDING =
            "UNION ALL SELECT current_database()::VARCHAR(128) AS TABLE_CAT, schemaname";

    private DriverQueries() {}

    static String rewrite(String sql) {
        if (!sql.contains("current_database()") || !sql.contains("pg_catalog")) {
            return sql;
        }
        int lateBinding = sql.indexOf(LATE_BINDING);
        String own = lateBinding > 0 ? sql.substring(0, lateBinding).stripTrailing() : sql;
        return GLUED.matcher(own)
                .replaceAll("$1 $2")
                .replace("IS_AUTOINCREMENT AS IS_GENERATEDCOLUMN", "'NO' AS IS_GENERATEDCOLUMN")
                .replace(" AND TABLE_SCHEM LIKE", " AND n.nspname LIKE")
                .replace(" AND TABLE_NAME LIKE", " AND c.relname LIKE")
                .replace(" AND TABLE_SCHEM =", " AND n.nspname =")
                .replace(" AND TABLE_NAME =", " AND c.relname =");
    }
}
