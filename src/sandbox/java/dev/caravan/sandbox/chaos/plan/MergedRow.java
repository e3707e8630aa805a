package dev.caravan.sandbox.chaos.plan;

import java.util.Random;

/**
 * A row of a feed that merges. Who asks for the same row of the same file gets the same.
 *
 * @param id part of the key, empty for null
 * @param part likewise
 * @param seq by which the later of two rows is told; no two rows of a run have the same
 */
public record MergedRow(String id, String part, int seq, String file, int row) {
    private static final int IDS = 40, PARTS = 3, ONE_NULL_IN = 6;
    private static final int MOST_ROWS = 1000;

    public static MergedRow of(PlannedFile file, int row) {
        int number = Integer.parseInt(file.name().substring(0, 5));
        Random random = new Random(number * 31L * MOST_ROWS + row);
        // The order of the numbers is not that of the uploads.
        int seq = Math.floorMod(number * 7919, 100_003) * MOST_ROWS + row;
        return new MergedRow(key(random, IDS), key(random, PARTS), seq, file.label(), row);
    }

    private static String key(Random random, int below) {
        return random.nextInt(ONE_NULL_IN) == 0 ? "" : "" + random.nextInt(below);
    }

    /** Whether it equals no other row. */
    public boolean isAlone() {
        return id.isEmpty() || part.isEmpty();
    }

    public String key() {
        return id + "/" + part;
    }

    /** @param number of the row, or what is there in its place */
    public String csv(String number) {
        return "%s,%s,%d,%s,%s\n".formatted(id, part, seq, file, number);
    }
}
