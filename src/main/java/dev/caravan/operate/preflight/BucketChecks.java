package dev.caravan.operate.preflight;

import dev.caravan.base.aws.AwsProblem;
import dev.caravan.base.aws.AwsRefused;
import dev.caravan.feed.Feed;
import dev.caravan.operate.setup.KmsKeys;
import dev.caravan.operate.setup.Notifications;
import dev.caravan.operate.setup.SqsFacts;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Where a feed's files land. */
record BucketChecks(S3Client s3, SqsClient sqs, SnsClient sns, String queueName, String ownRegion) {
    private static final int NOT_FOUND = 404;

    /** The bucket's region; empty if S3 doesn't tell. */
    Optional<String> region(String bucket) {
        try {
            return Optional.ofNullable(s3.headBucket(r -> r.bucket(bucket)).bucketRegion());
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    Finding bucket(Feed feed) {
        String bucket = feed.bucket();
        String about = feed.name() + ": bucket " + bucket;
        return AwsRefused.unless("S3", "look at bucket " + bucket, () -> {
            try {
                s3.headBucket(r -> r.bucket(bucket));
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_FOUND) {
                    return Finding.fail(about, "no such bucket: create it, or name another in the feed's prefix");
                }
                throw e;
            }
            Optional<String> region = region(bucket);
            if (region.isEmpty()) {
                return Finding.ok(about, "is there; S3 doesn't say in which region");
            }
            return region.get().equals(ownRegion)
                    ? Finding.ok(about, "is in " + ownRegion + ", as Caravan is")
                    : Finding.warn(
                            about,
                            "is in " + region.get() + ", Caravan in " + ownRegion
                                    + ": S3 sends events to a queue in the bucket's own region only, so let them come by EventBridge,"
                                    + " or run Caravan there");
        });
    }

    /** Empty unless the bucket encrypts with a key whose use has to be allowed, or doesn't tell. */
    Optional<Finding> encryption(Feed feed) {
        String about = feed.name() + ": encryption";
        try {
            return KmsKeys.ofBucket(s3, feed.bucket())
                    .filter(key -> !KmsKeys.isAwsManaged(key))
                    .map(key -> Finding.ok(
                            about,
                            "bucket " + feed.bucket() + " encrypts with key " + key
                                    + ": COPY's role needs kms:Decrypt on it, which COPY of a real file proves"));
        } catch (AwsRefused e) {
            return Optional.of(Finding.skip(about, String.valueOf(e.getMessage())));
        }
    }

    /** Whether the queue hears of what lands below the feed's prefix. */
    Finding notification(Feed feed) {
        String about = feed.name() + ": events";
        Optional<SqsFacts> queue = SqsFacts.find(sqs, queueName);
        if (queue.isEmpty()) {
            return Finding.skip(about, "queue " + queueName + " is not there");
        }
        Notifications told;
        try {
            told = Notifications.of(s3.getBucketNotificationConfiguration(r -> r.bucket(feed.bucket())));
        } catch (SdkException e) {
            return Finding.warn(about, "can't be told: " + AwsProblem.inWords("S3", e));
        }
        String place = "s3://" + feed.bucket() + "/" + feed.keyPrefix();
        Optional<Notifications.Entry> direct = told.telling(queue.get().arn(), feed.keyPrefix());
        if (direct.isPresent()) {
            return Finding.ok(about, "the bucket tells " + queueName + " of all that lands in " + place);
        }
        for (Notifications.Entry topic : told.topics(feed.keyPrefix())) {
            if (hears(topic.to(), queue.get().arn())) {
                return Finding.ok(about, "the bucket tells topic " + topic.to() + ", which tells " + queueName);
            }
        }
        if (told.eventBridge()) {
            return Finding.warn(
                    about,
                    "EventBridge hears of " + place + "; whether a rule there sends it to " + queueName
                            + " can't be told from here");
        }
        return other(
                about,
                place,
                told.entries().stream()
                        .filter(entry -> entry.to().equals(queue.get().arn()))
                        .filter(entry -> entry.overlaps(feed.keyPrefix()))
                        .toList());
    }

    private Finding other(String about, String place, List<Notifications.Entry> partly) {
        for (Notifications.Entry entry : partly) {
            if (entry.unencoded().isPresent()) {
                return Finding.fail(
                        about,
                        "entry '" + entry.id() + "' of the bucket's notification tells " + queueName
                                + " of nothing: S3 wants special characters percent-encoded, and its filter says '"
                                + entry.unencoded().get() + "'. caravan setup mends it if setup made it");
            }
        }
        return partly.isEmpty()
                ? Finding.fail(
                        about, "nobody tells " + queueName + " of what lands in " + place + ": caravan setup adds that")
                : Finding.warn(
                        about,
                        "entry '" + partly.get(0).id() + "' of the bucket's notification tells " + queueName
                                + " of a part of " + place + " only (prefix '"
                                + partly.get(0).prefix() + "', suffix '"
                                + partly.get(0).suffix() + "'"
                                + (partly.get(0).everyWay() ? "" : ", not s3:ObjectCreated:*")
                                + "): widen it if that isn't meant");
    }

    private boolean hears(String topic, String queueArn) {
        try {
            return sns.listSubscriptionsByTopicPaginator(r -> r.topicArn(topic)).subscriptions().stream()
                    .anyMatch(subscription -> queueArn.equals(subscription.endpoint()));
        } catch (SdkException e) {
            return false;
        }
    }
}
