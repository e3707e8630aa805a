package dev.caravan.ledger;

import static dev.caravan.ledger.Items.n;
import static dev.caravan.ledger.Items.s;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A batch's events, as a list in its item that every change appends to. */
final class History {
    static final String ATTRIBUTE = "history";

    /** A batch that is retried for a day has hundreds: a full item costs more with each write. */
    static final int MOST = 60;

    private static final int FIRST = 10;
    private static final int LONGEST_DETAIL = 300;

    private History() {}

    static AttributeValue event(Instant at, String what, String owner, String detail) {
        String shown = detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL - 1) + "…" : detail;
        return AttributeValue.fromM(
                Map.of("at", n(at.toEpochMilli()), "what", s(what), "owner", s(owner), "detail", s(shown)));
    }

    /** The update expression {@code SET …} that also appends {@code :event} to {@code #history}, to what is there or to {@code :nothing}. */
    static String appending(String update) {
        return update.replaceFirst("^SET ", "SET #history = list_append(if_not_exists(#history, :nothing), :event), ");
    }

    /** The update expression that forgets the middle of a long history. */
    static String shortening(int size) {
        StringBuilder update = new StringBuilder("REMOVE ");
        for (int i = FIRST; i < FIRST + size - MOST / 2; i++) {
            update.append(i == FIRST ? "" : ", ").append("#history[").append(i).append(']');
        }
        return update.toString();
    }

    static List<BatchEvent> of(Map<String, AttributeValue> item) {
        AttributeValue events = item.get(ATTRIBUTE);
        return events == null
                ? List.of()
                : events.l().stream()
                        .map(AttributeValue::m)
                        .map(event -> new BatchEvent(
                                Instant.ofEpochMilli(Items.number(event, "at")),
                                Items.text(event, "what"),
                                Items.text(event, "owner"),
                                Items.text(event, "detail")))
                        .toList();
    }
}
