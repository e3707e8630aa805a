package dev.caravan.load;

import java.util.Map;

/** What a row of a cluster's answer has, as camel-jdbc gives it. */
final class Rows {
    private Rows() {}

    static long number(Map<String, Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }

    static String text(Map<String, Object> row, String column) {
        Object value = row.get(column);
        return value == null ? "" : value.toString().strip();
    }
}
