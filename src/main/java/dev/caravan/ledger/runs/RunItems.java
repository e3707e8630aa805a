package dev.caravan.ledger.runs;

import static dev.caravan.ledger.dynamo.Items.instant;
import static dev.caravan.ledger.dynamo.Items.n;
import static dev.caravan.ledger.dynamo.Items.number;
import static dev.caravan.ledger.dynamo.Items.s;
import static dev.caravan.ledger.dynamo.Items.text;
import static dev.caravan.ledger.dynamo.Items.time;

import dev.caravan.ledger.dynamo.History;
import dev.caravan.ledger.dynamo.Items;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The shapes of runs and units among the items of the batches table, in partitions that no feed can have: a feed's name has no {@code #}. Runs stand in the index
 * with phases of their own; units don't.
 */
final class RunItems {
    /** The phase of runs that are running. */
    static final String LIVE = "run";

    /** The sort key of the item that says which run of a name is running. */
    static final String CURRENT = "#current";

    /** Of a unit; those that earlier versions have planned don't have it. */
    static final String SO_FAR = "soFar";

    static final String DONE = "done";
    static final String WAITING = "waiting";

    private static final String RUNS = "#runs:";
    private static final String UNITS = "#units:";

    private RunItems() {}

    static AttributeValue runs(String name) {
        return s(RUNS + name);
    }

    static String name(Map<String, AttributeValue> item) {
        return text(item, "feed").substring(RUNS.length());
    }

    static Map<String, AttributeValue> key(String name, String id) {
        return Map.of("feed", runs(name), "batch", s(id));
    }

    static Map<String, AttributeValue> current(String name) {
        return key(name, CURRENT);
    }

    static Run run(Map<String, AttributeValue> item) {
        Map<String, Long> counts = new TreeMap<>();
        Items.attribute(item, "counts").m().forEach((name, count) -> counts.put(name, Long.valueOf(count.n())));
        return new Run(
                text(item, "name"),
                text(item, "batch"),
                instant(item, "planned"),
                RunStatus.of(text(item, "status")),
                text(item, "stage"),
                text(item, "plan"),
                (int) number(item, "attempt"),
                text(item, "reason"),
                Map.copyOf(counts),
                instant(item, "time"),
                History.of(item));
    }

    static AttributeValue counts(Map<String, Long> counts) {
        Map<String, AttributeValue> values = new TreeMap<>();
        counts.forEach((name, count) -> values.put(name, n(count)));
        return AttributeValue.fromM(values);
    }

    /** One for all runs of a name: whoever lists partitions asks for each. */
    static String partition(String run) {
        return UNITS + run.substring(0, Math.max(0, run.lastIndexOf('-')));
    }

    /** What the sort keys of a planning's units begin with. */
    static String planned(String run, int planning) {
        return run + "/" + planning + "/";
    }

    static Map<String, AttributeValue> key(Unit unit) {
        return key(unit.run(), unit.planning(), unit.id());
    }

    static Map<String, AttributeValue> key(String run, int planning, String unit) {
        return Map.of("feed", s(partition(run)), "batch", s(planned(run, planning) + unit));
    }

    static Map<String, AttributeValue> item(Unit unit, long expires) {
        Map<String, AttributeValue> item = new TreeMap<>(key(unit));
        item.put("run", s(unit.run()));
        item.put("unit", s(unit.id()));
        item.put("planning", n(unit.planning()));
        item.put("plan", s(unit.plan()));
        item.put("status", s(unit.isDone() ? DONE : WAITING));
        item.put("attempt", n(unit.attempt()));
        item.put("result", s(unit.result()));
        item.put("reason", s(unit.reason()));
        item.put("time", time(unit.time()));
        item.put(Items.EXPIRES, n(expires));
        return item;
    }

    static Unit unit(Map<String, AttributeValue> item) {
        return new Unit(
                text(item, "run"),
                (int) number(item, "planning"),
                text(item, "unit"),
                text(item, "plan"),
                text(item, "status").equals(DONE),
                item.containsKey("owner"),
                (int) number(item, "attempt"),
                item.containsKey(SO_FAR) ? text(item, SO_FAR) : "",
                text(item, "result"),
                text(item, "reason"),
                instant(item, "time"));
    }
}
