package dev.caravan.redshift.copy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A row of {@link CutsTest}: two keys, two columns that may order rows, and the file that it is of. Empty texts are null. */
record MergedRow(String id, String day, String at, String seq, String name) {
    private static final int MOST_FILES = 5;
    private static final int MOST_ROWS = 5;

    boolean hasNullKey() {
        return id.isEmpty() || day.isEmpty();
    }

    boolean hasKeysOf(MergedRow other) {
        return !hasNullKey() && id.equals(other.id) && day.equals(other.day);
    }

    String csv() {
        return String.join(",", id, day, at, seq, name);
    }

    String values() {
        return List.of(id, day, at, seq, name).stream()
                .map(value -> value.isEmpty() ? "NULL" : "'" + value + "'")
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /**
     * Files whose rows collide often. Without an order rows of one file that have the same keys are twins, since COPY has no order of rows; with one, rows
     * that are equal by it are twins.
     */
    static List<List<MergedRow>> files(Random random, boolean ordered) {
        List<Integer> numbers = new ArrayList<>(
                IntStream.range(0, MOST_FILES * MOST_ROWS).boxed().toList());
        Collections.shuffle(numbers, random);
        List<List<MergedRow>> files = new ArrayList<>();
        for (int f = 0; f < 1 + random.nextInt(MOST_FILES); f++) {
            Map<String, MergedRow> twins = new LinkedHashMap<>();
            List<MergedRow> rows = new ArrayList<>();
            for (int r = 0; r < random.nextInt(MOST_ROWS + 1); r++) {
                MergedRow row = row(random, numbers.get(f * MOST_ROWS + r), "file" + f);
                rows.add(ordered || row.hasNullKey() ? row : twins.computeIfAbsent(row.id + row.day, k -> row));
            }
            files.add(rows);
        }
        return files;
    }

    /** Rows that a table has before: at most one of a key. */
    static List<MergedRow> before(Random random) {
        List<MergedRow> before = new ArrayList<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            MergedRow row = row(random, random.nextInt(100), "old");
            if (before.stream().noneMatch(row::hasKeysOf)) {
                before.add(row);
            }
        }
        return before;
    }

    private static MergedRow row(Random random, int number, String name) {
        String id = List.of("1", "2", "").get(random.nextInt(3));
        String day = List.of("x", "y", "").get(random.nextInt(3));
        return random.nextInt(5) == 0
                ? new MergedRow(id, day, "", "", "never")
                : new MergedRow(id, day, List.of("7", "8", "").get(random.nextInt(3)), "" + number, name);
    }
}
