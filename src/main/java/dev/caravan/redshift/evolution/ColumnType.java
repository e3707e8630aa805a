package dev.caravan.redshift.evolution;

/**
 * What a new column is to hold.
 *
 * @param sql one of the types below, or a DECIMAL
 */
record ColumnType(String sql) {
    static final ColumnType BOOLEAN = new ColumnType("BOOLEAN");
    static final ColumnType SMALLINT = new ColumnType("SMALLINT");
    static final ColumnType INTEGER = new ColumnType("INTEGER");
    static final ColumnType BIGINT = new ColumnType("BIGINT");
    static final ColumnType REAL = new ColumnType("REAL");
    static final ColumnType DOUBLE = new ColumnType("DOUBLE PRECISION");
    static final ColumnType DATE = new ColumnType("DATE");
    static final ColumnType TIMESTAMP = new ColumnType("TIMESTAMP");
    static final ColumnType TEXT = new ColumnType("VARCHAR(65535)");
    static final ColumnType SUPER = new ColumnType("SUPER");

    private static final int MOST_DIGITS = 38;

    /** Text if Redshift has no DECIMAL with so many digits. */
    static ColumnType decimal(int precision, int scale) {
        boolean fits = precision > 0 && precision <= MOST_DIGITS && scale >= 0 && scale <= precision;
        return fits ? new ColumnType("DECIMAL(" + precision + "," + scale + ")") : TEXT;
    }

    /** What holds values of both. */
    ColumnType or(ColumnType other) {
        if (equals(other)) {
            return this;
        }
        if (equals(SUPER) || other.equals(SUPER)) {
            return SUPER;
        }
        return isNumber() && other.isNumber() ? (isWhole() && other.isWhole() ? BIGINT : DOUBLE) : TEXT;
    }

    private boolean isWhole() {
        return equals(SMALLINT) || equals(INTEGER) || equals(BIGINT);
    }

    private boolean isNumber() {
        return isWhole() || equals(REAL) || equals(DOUBLE);
    }
}
