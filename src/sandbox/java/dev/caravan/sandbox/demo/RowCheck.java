package dev.caravan.sandbox.demo;

import dev.caravan.base.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether a table holds exactly the rows that were uploaded. Both are compared whole, as multisets of rows with all columns, each value in
 * the one form that its column's type has for it ({@link Value}); an empty text and null count as the same.
 *
 * @param uploaded rows
 * @param inTable rows
 * @param fault what differs, in words; empty if nothing does
 */
record RowCheck(long uploaded, long inTable, Optional<String> fault) {

    static RowCheck of(Sample sample, TableContents table) {
        Map<List<String>, Integer> surplus = new HashMap<>();
        table.rows().forEach(row -> surplus.merge(inOneForm(row, table.types()), 1, Integer::sum));
        sample.files().stream()
                .flatMap(file -> file.rows().stream())
                .forEach(row -> surplus.merge(inOneForm(row, table.types()), -1, Integer::sum));
        Optional<String> missing = told(surplus, n -> n < 0, "missing");
        Optional<String> tooMany = told(surplus, n -> n > 0, "there too often or never uploaded");
        Optional<String> fault = missing.isEmpty()
                ? tooMany
                : Optional.of(missing.get() + tooMany.map(more -> "; " + more).orElse(""));
        return new RowCheck(sample.rows(), table.rows().size(), fault.map(f -> sample.table() + ": " + f));
    }

    private static List<String> inOneForm(List<String> row, List<Integer> types) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> Value.inOneForm(row.get(i), types.get(i)))
                .toList();
    }

    private static Optional<String> told(Map<List<String>, Integer> surplus, IntPredicate which, String what) {
        Map<List<String>, Integer> rows = surplus.entrySet().stream()
                .filter(row -> which.test(row.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, row -> Math.abs(row.getValue())));
        int count = rows.values().stream().mapToInt(Integer::intValue).sum();
        return rows.keySet().stream()
                .findFirst()
                .map(example ->
                        "%s %s, for example %s".formatted(Quantity.count(count, "row is", "rows are"), what, example));
    }
}
