package dev.caravan.pipeline.redshifttopostgres.column;

import dev.caravan.redshift.copy.SqlText;

/**
 * A column on its way.
 *
 * @param source its name in Redshift
 * @param target its name in PostgreSQL
 * @param kind what its values are
 * @param scale digits behind the point, of a DECIMAL
 * @param targetType its base type in PostgreSQL, {@code character varying}
 * @param digested whether its text is so long that its MD5 stands for it in a row's hash
 */
record MirrorColumn(String source, String target, ValueKind kind, int scale, String targetType, boolean digested) {

    /** What stands for NULL in what a hash is made of, in either database's SQL. */
    static final String NULL = "'N'";

    /** The text that is sent, in Redshift's SQL. */
    String sent() {
        return kind.redshift(SqlText.identifier(source));
    }

    /** What a row's hash is made of, in Redshift's SQL: no other values give the same text, with those of other columns behind it. */
    String inRedshift(String text) {
        return digested
                ? "COALESCE('M' || MD5(" + text + "), " + NULL + ")"
                : "COALESCE(CAST(LEN(" + text + ") AS VARCHAR(12)) || ':' || " + text + ", " + NULL + ")";
    }

    /** The same, in PostgreSQL's SQL. */
    String inPostgres() {
        String text = textInPostgres(SqlText.identifier(target));
        return digested
                ? "COALESCE('M' || md5(" + text + "), " + NULL + ")"
                : "COALESCE(CAST(length(" + text + ") AS text) || ':' || " + text + ", " + NULL + ")";
    }

    private String textInPostgres(String column) {
        boolean numeric = targetType.equals("numeric");
        return switch (kind) {
            case WHOLE -> numeric ? "CAST(trim_scale(" + column + ") AS text)" : asText(column);
            case DECIMAL ->
                numeric
                        ? "CASE WHEN " + column + " = round(" + column + ", " + scale + ") THEN CAST(round(" + column
                                + ", " + scale + ") AS text) ELSE CAST(" + column + " AS text) END"
                        : asText(column);
            case BOOLEAN -> "CASE WHEN " + column + " THEN 't' WHEN NOT " + column + " THEN 'f' END";
            case DATE -> "to_char(" + column + ", 'YYYY-MM-DD BC')";
            case TIMESTAMP -> "to_char(" + column + ", 'YYYY-MM-DD HH24:MI:SS.US BC')";
            case TIMESTAMPTZ ->
                "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00' || to_char(" + column
                        + " AT TIME ZONE 'UTC', ' BC')";
            case TIME -> "to_char(CAST('2000-01-01' AS date) + " + column + ", 'HH24:MI:SS.US')";
            case VARBYTE -> "'\\x' || encode(" + column + ", 'hex')";
            case REAL, DOUBLE, CHAR, VARCHAR, SUPER -> asText(column);
        };
    }

    private static String asText(String column) {
        return "CAST(" + column + " AS text)";
    }
}
