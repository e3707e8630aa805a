package dev.caravan.pipeline.redshifttopostgres.column;

/** The type of a column that PostgreSQL gets for one of Redshift's. */
final class PostgresTypes {
    private PostgresTypes() {}

    static String of(ValueKind kind, SourceColumn column) {
        return switch (kind) {
            case WHOLE ->
                switch (column.type()) {
                    case "int2" -> "smallint";
                    case "int4" -> "integer";
                    default -> "bigint";
                };
            case DECIMAL -> column.size() > 0 ? "numeric(" + column.size() + "," + column.scale() + ")" : "numeric";
            case REAL -> "real";
            case DOUBLE -> "double precision";
            case BOOLEAN -> "boolean";
            case CHAR, VARCHAR -> "text";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp without time zone";
            case TIMESTAMPTZ -> "timestamp with time zone";
            case TIME -> "time without time zone";
            case VARBYTE -> "bytea";
            case SUPER -> "json";
        };
    }
}
