package dev.caravan.work.run;

import dev.caravan.ledger.runs.RunStatus;
import java.util.List;
import java.util.Map;

/**
 * How a run ends.
 *
 * @param status {@code complete} or {@code error}
 * @param reason in words
 * @param counts by name, for example {@code rows}
 * @param faults a sentence for each thing that failed
 * @param warnings what a person should know though nothing failed
 */
public record RunEnd(
        RunStatus status, String reason, Map<String, Long> counts, List<String> faults, List<String> warnings) {
    public RunEnd {
        counts = Map.copyOf(counts);
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
    }

    /** By a failure, before anything could be counted. */
    public static RunEnd failed(String reason) {
        return new RunEnd(RunStatus.ERROR, reason, Map.of(), List.of(reason), List.of());
    }
}
