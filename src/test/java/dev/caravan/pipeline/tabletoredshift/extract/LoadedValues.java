package dev.caravan.pipeline.tabletoredshift.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares what a cluster has with what it should have, in the sense of the cluster's types: a number is the same however it is written. */
final class LoadedValues {
    private LoadedValues() {}

    static void check(TypeBed bed, TypeBed.Result result, List<List<@Nullable String>> rows) {
        for (int i = 0; i < bed.columns(); i++) {
            String type = result.mapped().columns().get(i + 1).redshiftType();
            List<@Nullable String> expected = new ArrayList<>();
            bed.expected(i).forEach(value -> expected.add(same(type, value)));
            List<@Nullable String> found = new ArrayList<>();
            for (List<@Nullable String> row : rows) {
                found.add(same(type, row.get(i + 1)));
            }
            assertThat(found).as("column c%d of type %s", i, type).isEqualTo(expected);
        }
    }

    private static @Nullable String same(String type, @Nullable String value) {
        if (value == null) {
            return null;
        }
        return switch (type.replaceFirst("\\(.*", "")) {
            case "SMALLINT", "INTEGER", "BIGINT" -> String.valueOf(Long.parseLong(value));
            case "REAL" -> String.valueOf(Float.parseFloat(value));
            case "DOUBLE PRECISION" -> String.valueOf(Double.parseDouble(value));
            case "DECIMAL" ->
                new java.math.BigDecimal(value).stripTrailingZeros().toPlainString();
            case "BOOLEAN" -> value.equals("1") || value.equals("t") ? "true" : "false";
            case "VARBYTE" -> value.toLowerCase(Locale.ROOT);
            case "TIMESTAMP", "TIMESTAMPTZ", "TIME" ->
                value.replaceFirst("(\\.\\d*?)0+(?!\\d)", "$1").replaceFirst("\\.(?!\\d)", "");
            default -> value;
        };
    }
}
