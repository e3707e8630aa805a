package dev.caravan.sandbox.demo;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** One value, written in different ways: in a file, and by the database. */
final class Value {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm[:ss]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();

    private Value() {}

    /**
     * The same text for the same value.
     *
     * @param type of its column, from {@link Types}
     */
    static String inOneForm(String text, int type) {
        if (text.isEmpty()) {
            return text;
        }
        return switch (type) {
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL ->
                new BigDecimal(text).stripTrailingZeros().toPlainString();
            case Types.TIMESTAMP ->
                LocalDateTime.parse(text.replace('/', '-').replace('T', ' ').replace("Z", ""), TIME)
                        .toString();
            default -> text;
        };
    }
}
