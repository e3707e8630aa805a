package dev.caravan.ledger.runs;

import dev.caravan.ledger.BatchEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * One execution of a sync, a mirror or an export. A value: only {@link Runs} changes what it stands for.
 *
 * @param name what is executed; without a {@code #}
 * @param id name and time: there is one run for each time
 * @param planned the time that it is for
 * @param status where it stands
 * @param stage the step that it has reached, in its pipeline's words
 * @param plan what was decided for it, in its pipeline's words; empty before
 * @param attempt how many times it was taken up
 * @param reason why it waits, or how it ended; may be empty
 * @param counts what was counted, by name, for example {@code rows}
 * @param time until when its owner has it, when it goes on, or when it ended
 * @param history what happened, in order; of a long one the middle is missing
 */
public record Run(
        String name,
        String id,
        Instant planned,
        RunStatus status,
        String stage,
        String plan,
        int attempt,
        String reason,
        Map<String, Long> counts,
        Instant time,
        List<BatchEvent> history) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    /** The id of a run: one a second. It sorts by time. */
    public static String id(String name, Instant planned) {
        return name + "-" + TIME.format(planned);
    }
}
