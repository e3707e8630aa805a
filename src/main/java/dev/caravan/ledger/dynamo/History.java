package dev.caravan.ledger.dynamo;

import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.s;

import dev.caravan.ledger.BatchEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The events of a batch, or of a run, as a list in its item that every change appends to. */
public final class History {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    public static final String ATTRIBUTE = "history";

    /** What is retried for a day has hundreds: a full item costs more with each write. */
    private static final int MOST = 60;

    private static final int FIRST = 10;
    private static final int LONGEST_DETAIL = 300;

    private History() {}

    public static AttributeValue event(Instant at, String what, String owner, String detail) {
        String shown = detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL - 1) + "…" : detail;
        return AttributeValue.fromM(
                Map.of("at", n(at.toEpochMilli()), "what", s(what), "owner", s(owner), "detail", s(shown)));
    }

    /** Puts what {@link #appending} names beside an update's own values. */
    public static void put(Map<String, AttributeValue> values, Instant at, String what, String owner, String detail) {
        values.put(":event", AttributeValue.fromL(List.of(event(at, what, owner, detail))));
        values.put(":nothing", AttributeValue.fromL(List.of()));
    }

    /** Forgets the middle of an item's history if that has become long; if it can't, the next change does. */
    public static void keepShort(DynamoDbClient client, String table, Map<String, AttributeValue> item) {
        int events = of(item).size();
        if (events <= MOST) {
            return;
        }
        Map<String, AttributeValue> key =
                Map.of("feed", Items.attribute(item, "feed"), "batch", Items.attribute(item, "batch"));
        try {
            client.updateItem(r -> r.tableName(table)
                    .overrideConfiguration(Dynamo.step("shorten"))
                    .key(key)
                    .updateExpression(shortening(events))
                    .conditionExpression("size(#history) = :size")
                    .expressionAttributeNames(Map.of("#history", ATTRIBUTE))
                    .expressionAttributeValues(Map.of(":size", n(events))));
        } catch (SdkException e) {
            LOG.debug("The history of {} stays long: {}", Items.text(item, "batch"), e.getMessage());
        }
    }

    /** The update expression {@code SET …} that also appends {@code :event} to {@code #history}, to what is there or to {@code :nothing}. */
    public static String appending(String update) {
        return update.replaceFirst("^SET ", "SET #history = list_append(if_not_exists(#history, :nothing), :event), ");
    }

    /** The update expression that forgets the middle of a long history. */
    private static String shortening(int size) {
        StringBuilder update = new StringBuilder("REMOVE ");
        for (int i = FIRST; i < FIRST + size - MOST / 2; i++) {
            update.append(i == FIRST ? "" : ", ").append("#history[").append(i).append(']');
        }
        return update.toString();
    }

    public static List<BatchEvent> of(Map<String, AttributeValue> item) {
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
