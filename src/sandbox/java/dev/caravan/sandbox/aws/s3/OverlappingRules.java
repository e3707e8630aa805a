package dev.caravan.sandbox.aws.s3;

import dev.caravan.sandbox.aws.s3.NotificationConfiguration.Rule;
import java.util.List;

/**
 * What S3 refuses of a bucket's rules taken together: no object may fit two of them, and a bucket has 100 at most ("Configuring event
 * notifications using object key name filtering" and "Amazon S3 event notifications" in its user guide). The first two texts are S3's own, quoted by
 * minio/minio#2472 and aws/aws-cdk#31303.
 */
final class OverlappingRules {
    private static final int MOST = 100;

    private OverlappingRules() {}

    /** Throws {@link IllegalArgumentException} if S3 would refuse them. */
    static void refuse(List<Rule> rules) {
        if (rules.size() > MOST) {
            throw new IllegalArgumentException("A bucket can have at most " + MOST + " notification configurations");
        }
        for (int i = 0; i < rules.size(); i++) {
            for (Rule other : rules.subList(i + 1, rules.size())) {
                refuse(rules.get(i), other);
            }
        }
    }

    private static void refuse(Rule one, Rule other) {
        if (!shareAnEvent(one, other) || !overlap(one, other)) {
            return;
        }
        throw new IllegalArgumentException(
                hasFilter(one) && hasFilter(other)
                        ? "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are"
                                + " overlapping for the same event type."
                        : "Configurations overlap. Configurations on the same bucket cannot share a common event type.");
    }

    private static boolean overlap(Rule one, Rule other) {
        return (one.prefix().startsWith(other.prefix()) || other.prefix().startsWith(one.prefix()))
                && (one.suffix().endsWith(other.suffix()) || other.suffix().endsWith(one.suffix()));
    }

    private static boolean shareAnEvent(Rule one, Rule other) {
        return one.events().stream().anyMatch(a -> other.events().stream().anyMatch(b -> within(a, b) || within(b, a)));
    }

    private static boolean within(String event, String type) {
        return event.equals(type) || (type.endsWith(":*") && event.startsWith(type.substring(0, type.length() - 1)));
    }

    private static boolean hasFilter(Rule rule) {
        return !rule.prefix().isEmpty() || !rule.suffix().isEmpty();
    }
}
