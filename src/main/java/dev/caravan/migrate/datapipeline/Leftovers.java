package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.datapipeline.definition.Definition;
import dev.caravan.migrate.datapipeline.definition.Expressions;
import dev.caravan.migrate.datapipeline.definition.PipelineObject;
import dev.caravan.migrate.datapipeline.definition.PipelineObject.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Sentences on what of a definition isn't taken over. */
final class Leftovers {
    private static final int MOST_NAMES = 10;
    private static final Set<String> ASKED =
            Set.of("id", "name", "type", "parent", "schedule", "scheduleType", "onFail", "onSuccess");
    private static final String SCRIPT = "not taken over: see whether what it does is still wanted";
    private static final String PRECONDITION = "a precondition, not taken over: a sync starts when it is due";
    private static final String UNUSED = "not taken over: nothing that loads a table from a database uses it";

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry(
                    "Ec2Resource",
                    "not needed: Caravan's own instances read the sources; let them in where it was let in"),
            Map.entry("EmrCluster", "not needed by syncs"),
            Map.entry("CSV", "not needed: files in between have Caravan's own form"),
            Map.entry("TSV", "not needed: files in between have Caravan's own form"),
            Map.entry("Custom", "not needed: files in between have Caravan's own form"),
            Map.entry("ShellCommandActivity", SCRIPT),
            Map.entry("SqlActivity", SCRIPT),
            Map.entry("EmrActivity", SCRIPT),
            Map.entry("HadoopActivity", SCRIPT),
            Map.entry("HiveActivity", SCRIPT),
            Map.entry("HiveCopyActivity", SCRIPT),
            Map.entry("PigActivity", SCRIPT),
            Map.entry("Exists", PRECONDITION),
            Map.entry("S3KeyExists", PRECONDITION),
            Map.entry("S3PrefixNotEmpty", PRECONDITION),
            Map.entry("DynamoDBDataExists", PRECONDITION),
            Map.entry("DynamoDBTableExists", PRECONDITION),
            Map.entry("ShellCommandPrecondition", PRECONDITION),
            Map.entry("Terminate", "an action, not taken over"),
            Map.entry("HttpProxy", "not taken over"),
            Map.entry("CopyActivity", "not taken over: no RedshiftCopyActivity loads what it copies from a database"),
            Map.entry("Schedule", UNUSED),
            Map.entry("SnsAlarm", UNUSED),
            Map.entry("S3DataNode", UNUSED),
            Map.entry("SqlDataNode", UNUSED),
            Map.entry("MySqlDataNode", UNUSED),
            Map.entry("RedshiftDataNode", UNUSED),
            Map.entry("DynamoDBDataNode", UNUSED),
            Map.entry("RdsDatabase", UNUSED),
            Map.entry("JdbcDatabase", UNUSED),
            Map.entry("RedshiftDatabase", UNUSED));

    private final Definition definition;
    private final Expressions expressions;

    Leftovers(Definition definition, Expressions expressions) {
        this.definition = definition;
        this.expressions = expressions;
    }

    /** @param used what is taken over */
    List<String> sentences(Set<PipelineObject> used) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        for (PipelineObject object : definition.objects()) {
            if (!used.contains(object)) {
                words(object)
                        .ifPresent(
                                words -> alike.computeIfAbsent(object.type() + "\n" + words, key -> new ArrayList<>())
                                        .add(object.title()));
            }
        }
        List<String> sentences = new ArrayList<>();
        alike.forEach((key, names) -> sentences.add((key.substring(0, key.indexOf('\n')) + " " + some(names)).strip()
                + ": " + key.substring(key.indexOf('\n') + 1)));
        sentences.addAll(defaults());
        sentences.addAll(missing());
        return sentences;
    }

    /** What holds for all objects, and isn't asked for here. */
    private List<String> defaults() {
        List<String> fields = definition.defaults().stream()
                .flatMap(all -> all.fields().keySet().stream())
                .filter(field -> !ASKED.contains(field) && !field.matches("(?:my|@|\\*).*"))
                .sorted()
                .toList();
        return fields.isEmpty()
                ? List.of()
                : List.of("Default: " + String.join(", ", fields)
                        + " not taken over: roles, logs, limits and what is tried again are Caravan's own");
    }

    private Optional<String> words(PipelineObject object) {
        if (object.is("RedshiftCopyActivity")) {
            return Optional.of(load(object));
        }
        if (object.type().isEmpty()) {
            boolean isParent = definition.objects().stream()
                    .flatMap(each -> each.fields().getOrDefault("parent", List.of()).stream())
                    .anyMatch(parent -> parent.text().equals(object.id()));
            return isParent || definition.defaults().filter(object::equals).isPresent()
                    ? Optional.empty()
                    : Optional.of("an object without a type, not taken over");
        }
        return Optional.of(WORDS.getOrDefault(object.type(), "not known, and not taken over"));
    }

    /** What a RedshiftCopyActivity loads that doesn't come from a table. */
    private String load(PipelineObject load) {
        Optional<PipelineObject> input = definition.ref(load, "input");
        if (input.filter(node -> node.is("S3DataNode")).isPresent()) {
            return "loads files that no CopyActivity writes from a table (" + Chain.place(input.get(), expressions)
                    + "): write a feed for them, with prefix and table";
        }
        return "loads "
                + input.map(node -> "what " + node.label() + " has").orElse("nothing that the definition has")
                + ": not taken over, for only tables of MySQL, MariaDB and PostgreSQL are";
    }

    /** References to objects that aren't there. */
    private List<String> missing() {
        Set<String> sentences = new TreeSet<>();
        for (PipelineObject object : definition.objects()) {
            object.fields().forEach((field, values) -> {
                for (Value value : values) {
                    if (value.isRef() && definition.object(value.text()).isEmpty()) {
                        sentences.add(object.label() + ": its " + field + " names " + value.text()
                                + ", which the definition doesn't have");
                    }
                }
            });
        }
        return sentences.stream().limit(MOST_NAMES).toList();
    }

    private static String some(List<String> names) {
        String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? first + " and " + (names.size() - MOST_NAMES) + " more" : first;
    }
}
