package dev.caravan.setup;

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

    /**
     * One entry.
     *
     * @param to the ARN of a queue, a topic or a function
     * @param prefix what keys begin with of which it tells
     * @param suffix what they end with
     * @param everyWay whether it tells of objects however they were created
     */
    public record Entry(String id, String to, String prefix, String suffix, boolean everyWay) {
        /** Whether some key may begin with its prefix and with another. */
        public boolean overlaps(String other) {
            return prefix.startsWith(other) || other.startsWith(prefix);
        }

        /** Whether it tells of every object whose key begins so. */
        public boolean covers(String keyPrefix) {
            return keyPrefix.startsWith(prefix) && suffix.isEmpty() && everyWay;
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
        return Stream.of(new Entry(
                id,
                to,
                value(rules, FilterRuleName.PREFIX),
                value(rules, FilterRuleName.SUFFIX),
                events.contains(Event.S3_OBJECT_CREATED.toString())));
    }

    private static String value(List<FilterRule> rules, FilterRuleName name) {
        return rules.stream()
                .filter(rule -> name.toString().equalsIgnoreCase(rule.nameAsString()))
                .map(FilterRule::value)
                .findFirst()
                .orElse("");
    }
}
