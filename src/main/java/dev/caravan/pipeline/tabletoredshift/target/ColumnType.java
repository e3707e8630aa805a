package dev.caravan.pipeline.tabletoredshift.target;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type of Redshift with its numbers.
 *
 * @param name as DDL of ours has it: {@code VARCHAR}
 * @param size bytes, or digits; 0 for types without
 * @param scale digits behind the point
 */
record ColumnType(String name, int size, int scale) {
    private static final Pattern WRITTEN =
            Pattern.compile("([a-zA-Z ]+?)\\s*(?:\\((\\d+)(?:\\s*,\\s*(\\d+))?\\))?( with(?:out)? time zone)?");
    private static final List<String> WHOLE = List.of("SMALLINT", "INTEGER", "BIGINT");

    /** As DDL or as a catalogue writes it; a type that isn't known is itself. */
    static ColumnType of(String written) {
        Matcher m = WRITTEN.matcher(written);
        if (!m.matches()) {
            return new ColumnType(written.toUpperCase(Locale.ROOT), 0, 0);
        }
        String zone = m.group(4) == null ? "" : m.group(4);
        String name = (m.group(1) + zone).toUpperCase(Locale.ROOT);
        return new ColumnType(named(name), number(m.group(2)), number(m.group(3)));
    }

    private static String named(String name) {
        return switch (name) {
            case "CHARACTER VARYING" -> "VARCHAR";
            case "CHARACTER", "BPCHAR" -> "CHAR";
            case "NUMERIC" -> "DECIMAL";
            case "BINARY VARYING", "VARBINARY" -> "VARBYTE";
            case "TIMESTAMP WITHOUT TIME ZONE" -> "TIMESTAMP";
            case "TIMESTAMP WITH TIME ZONE" -> "TIMESTAMPTZ";
            case "TIME WITHOUT TIME ZONE" -> "TIME";
            case "TIME WITH TIME ZONE" -> "TIMETZ";
            default -> name;
        };
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** Whether it keeps every value of another type as it is. */
    boolean takes(ColumnType other) {
        return switch (other.name) {
            case "VARCHAR", "VARBYTE" -> name.equals(other.name) && size >= other.size;
            case "SMALLINT", "INTEGER", "BIGINT" ->
                WHOLE.indexOf(name) >= WHOLE.indexOf(other.name)
                        || (name.equals("DECIMAL") && before() >= other.digits());
            case "DECIMAL" ->
                name.equals("DECIMAL")
                        ? scale >= other.scale && before() >= other.before()
                        : WHOLE.contains(name) && other.scale == 0 && other.size < digits();
            case "REAL" -> name.equals("REAL") || name.equals("DOUBLE PRECISION");
            default -> name.equals(other.name);
        };
    }

    /** Digits before the point. */
    private int before() {
        return size - scale;
    }

    /** Of the largest number of a whole type. */
    private int digits() {
        return switch (name) {
            case "SMALLINT" -> 5;
            case "INTEGER" -> 10;
            default -> 19;
        };
    }

    @Override
    public String toString() {
        return size == 0
                ? name
                : name.equals("DECIMAL") ? name + "(" + size + "," + scale + ")" : name + "(" + size + ")";
    }
}
