package dev.caravan.sandbox.redshift.copy.value;

/** A column of the target. */
public final class Column {
    private static final int HEADER = 4; // PostgreSQL's type modifiers count a header of four bytes

    private final String name;
    private final String postgresType;
    private final ColumnKind kind;
    private final int modifier;
    private final boolean notNull;

    /**
     * A column as PostgreSQL's catalogue has it.
     *
     * @param postgresType {@code pg_type.typname}
     * @param modifier {@code pg_attribute.atttypmod}
     */
    public Column(String name, String postgresType, int modifier, boolean notNull) {
        this.name = name;
        this.postgresType = postgresType;
        this.kind = ColumnKind.ofPostgres(postgresType);
        this.modifier = modifier;
        this.notNull = notNull;
    }

    public String name() {
        return name;
    }

    public ColumnKind kind() {
        return kind;
    }

    public boolean isNotNull() {
        return notNull;
    }

    /** In bytes; 0 without a limit. */
    int width() {
        return (kind.isCharacter() || kind == ColumnKind.VARBYTE) && modifier > HEADER ? modifier - HEADER : 0;
    }

    boolean hasScale() {
        return kind == ColumnKind.DECIMAL && modifier > HEADER;
    }

    public int precision() {
        return (modifier - HEADER) >> 16;
    }

    public int scale() {
        return (modifier - HEADER) & 0x7ff;
    }

    /** As the load tables name it. */
    public String typeName() {
        return postgresType.equals("bpchar") ? "char" : postgresType;
    }

    /** As the load tables give it: {@code 20}, {@code 10, 2} or 0. */
    public String length() {
        return hasScale() ? precision() + ", " + scale() : String.valueOf(width());
    }
}
