package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.pipeline.tabletoredshift.extract.ReadSoFar;
import dev.caravan.work.run.RunText;
import java.util.List;

/**
 * How far the instance that reads a table has come with it, as it says with its lease.
 *
 * @param bytes of the parts, compressed
 * @param expected rows that there are to read, about, by the source's statistics; 0 if nobody knows
 * @param millis since it has begun
 * @param before tables of the unit that were read before it, in their order
 */
public record SoFar(long rows, long bytes, long expected, long millis, List<ReadSoFar.Table> before) {
    private static final SoFar NOTHING = new SoFar(0, 0, 0, 0, List.of());

    public SoFar {
        before = before == null ? List.of() : List.copyOf(before); // an earlier version's has none
    }

    static SoFar of(ReadSoFar reading) {
        return new SoFar(reading.rows(), reading.bytes(), reading.expected(), reading.millis(), reading.before());
    }

    /** What an instance has said; nothing if it hasn't yet. */
    public static SoFar of(String said) {
        return said.isEmpty() ? NOTHING : RunText.read(said, SoFar.class);
    }

    /** As it is said. */
    public static String text(ReadSoFar reading) {
        return RunText.write(of(reading));
    }

    /** On an average since it has begun; 0 before there is one. */
    public long rowsPerSecond() {
        return millis == 0 ? 0 : Math.round(rows * 1_000.0 / millis);
    }
}
