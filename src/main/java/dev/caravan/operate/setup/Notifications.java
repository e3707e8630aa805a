package dev.caravan.operate.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.NotificationConfigurationFilter;

/**
 * What a bucket tells of new objects, and whom.
 *
 * @param entries its entries that tell of created objects
 * @param eventBridge whether EventBridge hears of everything
 */
public record Notifications(List<Entry> entries, boolean eventBridge) {
    /** What the id of an entry begins with that setup makes. */
    static final String OWN_ID = "caravan-";

    /** Entries that S3 takes for a bucket ("Amazon S3 event notifications" in its user guide). */
    static final int MOST = 100;

    /**
     * One entry.
     *
     * @param to the ARN of a queue, a topic or a function
     * @param prefix what keys begin with of which it tells
     * @param suffix what they end with
     * @param everyWay whether it tells of objects however they were created
     * @param unencoded its first value that S3 wants percent-encoded and isn't, so that it tells of nothing; usually empty
     */
    public record Entry(
            String id, String to, String prefix, String suffix, boolean everyWay, Optional<String> unencoded) {
        /** Whether some key may begin with its prefix and with another. */
        public boolean overlaps(String other) {
            return prefix.startsWith(other) || other.startsWith(prefix);
        }

        /** Whether it tells of every object whose key begins so. */
        public boolean covers(String keyPrefix) {
            return keyPrefix.startsWith(prefix) && suffix.isEmpty() && everyWay && unencoded.isEmpty();
        }

        /** Whether setup made it for this queue. */
        boolean isOwn(String queueArn) {
            return id.startsWith(OWN_ID) && to.equals(queueArn);
        }

        boolean isTopic() {
            return to.contains(":sns:");
        }
    }

    /** As S3 answers. */
    public static Notifications of(GetBucketNotificationConfigurationResponse answer) {
        Stream<Entry> queues = answer.queueConfigurations().stream()
                .flatMap(c -> entry(c.id(), c.queueArn(), c.filter(), c.eventsAsStrings()));
        Stream<Entry> topics = answer.topicConfigurations().stream()
                .flatMap(c -> entry(c.id(), c.topicArn(), c.filter(), c.eventsAsStrings()));
        Stream<Entry> functions = answer.lambdaFunctionConfigurations().stream()
                .flatMap(c -> entry(c.id(), c.lambdaFunctionArn(), c.filter(), c.eventsAsStrings()));
        return new Notifications(
                Stream.of(queues, topics, functions).flatMap(e -> e).toList(),
                answer.eventBridgeConfiguration() != null);
    }

    /** The entry by which the queue hears of every object whose key begins so; empty if there is none. */
    public Optional<Entry> telling(String queueArn, String prefix) {
        return entries.stream()
                .filter(entry -> entry.to().equals(queueArn) && entry.covers(prefix))
                .findFirst();
    }

    /** Entries for topics that hear of every object whose key begins so. */
    public List<Entry> topics(String prefix) {
        return entries.stream()
                .filter(entry -> entry.isTopic() && entry.covers(prefix))
                .toList();
    }

    /** Entries that S3 doesn't let another one stand beside for the same objects. */
    List<Entry> overlapping(String prefix) {
        return entries.stream().filter(entry -> entry.overlaps(prefix)).toList();
    }

    /**
     * As few prefixes as S3 takes for a bucket, which cover all of these and as little else as folders allow.
     *
     * @param most how many
     */
    static List<String> fitting(List<String> prefixes, int most) {
        List<String> fitting =
                widest(prefixes.stream().map(FilterValue::fitting).toList());
        while (fitting.size() > most) {
            int deepest = fitting.stream().mapToInt(Notifications::depth).max().orElse(0);
            fitting = widest(fitting.stream()
                    .map(prefix -> depth(prefix) == deepest ? parent(prefix) : prefix)
                    .toList());
        }
        return fitting;
    }

    private static int depth(String prefix) {
        return (int) folder(prefix).chars().filter(c -> c == '/').count();
    }

    private static String parent(String prefix) {
        String folder = folder(prefix);
        return folder.substring(0, folder.lastIndexOf('/') + 1);
    }

    private static String folder(String prefix) {
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    /** Of prefixes, those that no other one covers. */
    static List<String> widest(List<String> prefixes) {
        List<String> widest = new ArrayList<>();
        prefixes.stream().sorted().forEach(prefix -> {
            if (widest.stream().noneMatch(prefix::startsWith)) {
                widest.add(prefix);
            }
        });
        return widest;
    }

    private static Stream<Entry> entry(
            String id, String to, NotificationConfigurationFilter filter, List<String> events) {
        if (events.stream().noneMatch(event -> event.startsWith("s3:ObjectCreated:"))) {
            return Stream.empty();
        }
        List<FilterRule> rules = filter == null || filter.key() == null
                ? List.of()
                : filter.key().filterRules();
        String prefix = value(rules, FilterRuleName.PREFIX);
        String suffix = value(rules, FilterRuleName.SUFFIX);
        return Stream.of(new Entry(
                id,
                to,
                FilterValue.keyPart(prefix).orElse(prefix),
                FilterValue.keyPart(suffix).orElse(suffix),
                events.contains(Event.S3_OBJECT_CREATED.toString()),
                Stream.of(prefix, suffix)
                        .filter(value -> FilterValue.keyPart(value).isEmpty())
                        .findFirst()));
    }

    private static String value(List<FilterRule> rules, FilterRuleName name) {
        return rules.stream()
                .filter(rule -> name.toString().equalsIgnoreCase(rule.nameAsString()))
                .map(FilterRule::value)
                .findFirst()
                .orElse("");
    }
}
