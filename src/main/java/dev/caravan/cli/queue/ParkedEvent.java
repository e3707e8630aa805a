package dev.caravan.cli.queue;

import dev.caravan.base.Shown;
import dev.caravan.s3.event.EventReader;
import dev.caravan.s3.event.UnreadableEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A message of the dead-letter queue, for a person.
 *
 * @param since when it was parked; or, if SQS itself put it there after too many attempts, when it was first sent
 * @param about the objects it speaks of, or the beginning of its body
 * @param reason why it was parked, as far as it says so
 */
record ParkedEvent(Instant since, String about, Optional<String> reason) {
    /** The message attribute in which route {@code park} writes the reason. */
    static final String REASON = "reason";

    private static final EventReader READER = new EventReader();
    private static final int NAMED_OBJECTS = 3;
    private static final int SHOWN = 200;

    static ParkedEvent of(Message message) {
        var reason = message.messageAttributes().get(REASON);
        return new ParkedEvent(
                DeadLetters.sent(message),
                about(message.body()),
                Optional.ofNullable(reason == null ? null : reason.stringValue()));
    }

    /** {@code 2026-11-21T13:19:17Z  s3://bucket/key  (why)}. */
    @Override
    public String toString() {
        return since.truncatedTo(ChronoUnit.SECONDS) + "  " + about
                + reason.map(why -> "  (" + beginning(why) + ")").orElse("");
    }

    private static String about(String body) {
        List<String> objects = new ArrayList<>();
        try {
            for (String record : READER.records(body)) {
                READER.read(record).ifPresent(created -> objects.add(created.url()));
            }
        } catch (UnreadableEvent e) {
            objects.clear();
        }
        if (objects.isEmpty()) {
            return beginning(body);
        }
        int more = objects.size() - NAMED_OBJECTS;
        return more > 0
                ? String.join(", ", objects.subList(0, NAMED_OBJECTS)) + " and " + more + " more"
                : String.join(", ", objects);
    }

    private static String beginning(String text) {
        String line = Shown.line(text.strip());
        return line.codePointCount(0, line.length()) <= SHOWN
                ? line
                : line.substring(0, line.offsetByCodePoints(0, SHOWN - 1)) + "…";
    }
}
