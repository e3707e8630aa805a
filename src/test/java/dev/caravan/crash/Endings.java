package dev.caravan.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What has become of the cases of a lane, asked of the tables, the ledger, the topics and the queues themselves. */
final class Endings {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sandbox sandbox;
    private final Lane lane;
    private final ClusterSql cluster;
    private final Map<String, Set<String>> told = new HashMap<>();
    private final Set<String> parked = new TreeSet<>();

    Endings(Sandbox sandbox, Lane lane) {
        this.sandbox = sandbox;
        this.lane = lane;
        cluster = new ClusterSql(sandbox.environment());
    }

    /** Makes the tables that the cases load. */
    void createTables(List<Case> cases) {
        cluster.run(cases.stream()
                .flatMap(each -> each.scenario().tables().stream().map(table -> each.table() + table))
                .map(table -> "CREATE TABLE " + table + " (id INT, name VARCHAR(20))")
                .toArray(String[]::new));
    }

    /** Whether nothing is left to be done: no event, and no batch that is open or locked. */
    boolean isQuiet() {
        return batches().stream().noneMatch(batch -> Set.of("open", "locked").contains(text(batch, "status")))
                && queueIsEmpty();
    }

    /** For each case, in words, what is wrong with its end; empty if nothing is. */
    Map<Case, String> wrong(List<Case> cases) {
        listen(lane.landing().loadedQueueUrl());
        listen(lane.landing().failedQueueUrl());
        messages(lane.landing().deadLetterQueueUrl())
                .forEach(message -> Trace.named(message.body()).ifPresent(parked::add));
        Map<String, List<Map<String, AttributeValue>>> batches = new HashMap<>();
        batches()
                .forEach(batch -> batches.computeIfAbsent(text(batch, "feed"), feed -> new ArrayList<>())
                        .add(batch));
        Map<Case, String> wrong = new HashMap<>();
        for (Case each : cases) {
            String faults = String.join("; ", wrong(each, batches.getOrDefault(each.name(), List.of())));
            if (!faults.isEmpty()) {
                wrong.put(each, faults);
            }
        }
        return wrong;
    }

    private List<String> wrong(Case of, List<Map<String, AttributeValue>> batches) {
        List<String> faults = new ArrayList<>();
        Scenario.End end = of.scenario().end();
        List<String> expected =
                end != Scenario.End.LOADED ? List.of() : of.scenario().loaded();
        for (String table : of.scenario().tables()) {
            List<String> rows =
                    cluster.column("SELECT id::varchar || ',' || name FROM " + of.table() + table + " ORDER BY 1");
            if (!rows.equals(expected)) {
                faults.add("rows " + rows + " instead of " + expected);
            }
        }
        if (end == Scenario.End.PARKED) {
            if (!parked.contains(of.name())) {
                faults.add("not in the dead-letter queue");
            }
            return faults;
        }
        if (of.scenario().isSync()) {
            lane.source().wrong(of).ifPresent(faults::add);
        }
        if (of.scenario().isMirror()) {
            faults.addAll(lane.mirrored().wrong(of));
        }
        String status = end == Scenario.End.LOADED ? "complete" : "error";
        List<String> statuses =
                batches.stream().map(batch -> text(batch, "status")).toList();
        List<String> wanted = Collections.nCopies(of.scenario().batches(), status);
        if (!statuses.equals(wanted)) {
            faults.add("batches " + statuses + " instead of " + wanted);
            return faults;
        }
        Set<String> message =
                batches.stream().map(batch -> text(batch, "id") + " " + status).collect(Collectors.toSet());
        Set<String> messages = told.getOrDefault(of.name(), Set.of());
        if (!messages.equals(message)) {
            faults.add("told " + messages + " instead of " + message);
        }
        if (parked.contains(of.name())) {
            faults.add("parked");
        }
        return faults;
    }

    private void listen(String queueUrl) {
        for (Message message : messages(queueUrl)) {
            JsonNode outcome = json(json(message.body()).path("Message").asText());
            if (!outcome.has("batchId")) {
                continue; // of a cluster
            }
            told.computeIfAbsent(outcome.path("feed").asText(), feed -> new TreeSet<>())
                    .add(outcome.path("batchId").asText() + " "
                            + outcome.path("status").asText());
        }
    }

    private List<Message> messages(String queueUrl) {
        List<Message> all = new ArrayList<>();
        List<Message> some;
        do {
            some = sandbox.sqs()
                    .receiveMessage(r -> r.queueUrl(queueUrl).maxNumberOfMessages(10))
                    .messages();
            all.addAll(some);
            some.forEach(message ->
                    sandbox.sqs().deleteMessage(r -> r.queueUrl(queueUrl).receiptHandle(message.receiptHandle())));
        } while (!some.isEmpty());
        return all;
    }

    private boolean queueIsEmpty() {
        return sandbox
                .sqs()
                .getQueueAttributes(r -> r.queueUrl(lane.landing().queueUrl()).attributeNames(QueueAttributeName.ALL))
                .attributes()
                .entrySet()
                .stream()
                .filter(attribute -> attribute.getKey().toString().startsWith("ApproximateNumberOfMessages"))
                .allMatch(attribute -> attribute.getValue().equals("0"));
    }

    private List<Map<String, AttributeValue>> batches() {
        return sandbox.dynamoDb().scanPaginator(r -> r.tableName(lane.batches()).consistentRead(true)).items().stream()
                .filter(item -> item.containsKey("id")) // the others are held clusters
                .toList();
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value == null ? "" : value.s();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
