package dev.caravan.operate.setup;

import dev.caravan.base.Quantity;
import dev.caravan.base.aws.AwsRefused;
import dev.caravan.dataapi.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What has to be so that a bucket's new objects are told to the queue. What others configured there stays. */
record BucketSteps(S3Client s3, SqsClient sqs, String queueName) {
    /** S3 takes 255 characters. */
    private static final int LONGEST_ID = 200;

    private static final int FORBIDDEN = 403;

    /** The queue lets S3 send. */
    Step policy(String bucket) {
        String words = "queue " + queueName + ": it takes events of bucket " + bucket;
        Optional<SqsFacts> queue = SqsFacts.find(sqs, queueName);
        if (queue.isPresent()
                && QueuePolicy.lets(queue.get().policy(), queue.get().arn(), bucket)) {
            return Step.there(words);
        }
        if (queue.isPresent() && isForeign(bucket, Place.of(queue.get().arn()).account())) {
            return Step.blocked(
                    "let S3 send events of bucket " + bucket + " to queue " + queueName
                            + ": the bucket is another account's. Add a statement for it to the queue's policy, as for a bucket of yours, with"
                            + " its owner's account in aws:SourceAccount; and have its owner allow this account and COPY's role s3:GetObject,"
                            + " s3:ListBucket and s3:GetBucketLocation in the bucket's policy, with Object Ownership 'Bucket owner enforced'");
        }
        return Step.change(words + " (a statement in its policy)", () -> {
            SqsFacts now = queue();
            String policy = QueuePolicy.with(now.policy(), now.arn(), bucket).toString();
            sqs.setQueueAttributes(r -> r.queueUrl(now.url()).attributes(Map.of(QueueAttributeName.POLICY, policy)));
        });
    }

    /** The bucket tells the queue of every object below a prefix. Comes after the policy, which S3 tests. */
    Step notification(String bucket, String prefix) {
        String place = "s3://" + bucket + "/" + prefix;
        String words = "bucket notification: new objects in " + place + " are sent to queue " + queueName;
        Notifications now = Notifications.of(configuration(bucket));
        Optional<SqsFacts> queue = SqsFacts.find(sqs, queueName);
        if (queue.flatMap(facts -> now.telling(facts.arn(), prefix)).isPresent()) {
            return Step.there(words);
        }
        if (now.eventBridge()) {
            return Step.there("bucket notification: EventBridge hears of " + place
                    + "; whether a rule there sends it to queue " + queueName + " can't be told from here");
        }
        List<Notifications.Entry> topics = now.topics(prefix);
        if (!topics.isEmpty()) {
            return Step.there("bucket notification: topic " + topics.get(0).to() + " hears of " + place + "; queue "
                    + queueName + " must be subscribed to it");
        }
        List<Notifications.Entry> narrower = now.overlapping(prefix).stream()
                .filter(entry -> queue.filter(facts -> entry.isOwn(facts.arn())).isPresent())
                .filter(entry -> entry.prefix().startsWith(prefix))
                .toList();
        Optional<Notifications.Entry> other = now.overlapping(prefix).stream()
                .filter(entry -> !narrower.contains(entry))
                .findFirst();
        if (other.isPresent()) {
            return overlapping(place, bucket, other.get());
        }
        return narrower.isEmpty()
                ? Step.create(words, () -> add(bucket, prefix, List.of()))
                : Step.change(
                        words + ", in the place of "
                                + Quantity.count(narrower.size(), "entry", "entries")
                                + " that setup made before",
                        () -> add(
                                bucket,
                                prefix,
                                narrower.stream().map(Notifications.Entry::id).toList()));
    }

    private Step overlapping(String place, String bucket, Notifications.Entry other) {
        return Step.blocked("have new objects in " + place + " told to queue " + queueName + ": entry '" + other.id()
                + "' of the bucket's notification tells " + other.to() + " of s3://" + bucket + "/" + other.prefix()
                + (other.suffix().isEmpty() ? "" : "…" + other.suffix())
                + ", and S3 takes one destination for overlapping prefixes. Let that entry tell an SNS topic, and subscribe"
                + " both to it, or widen it if it is yours"
                + other.unencoded()
                        .map(value -> "; as it is it tells of nothing, for S3 wants its '" + value + "' written "
                                + FilterValue.of(value))
                        .orElse(""));
    }

    /** @param instead ids of entries of ours that the new one covers */
    private void add(String bucket, String prefix, List<String> instead) {
        GetBucketNotificationConfigurationResponse now = configuration(bucket);
        List<QueueConfiguration> queues = new ArrayList<>(now.queueConfigurations());
        queues.removeIf(entry -> instead.contains(entry.id()));
        String arn = queue().arn();
        queues.add(QueueConfiguration.builder()
                .id(id(prefix, queues))
                .queueArn(arn)
                .events(Event.S3_OBJECT_CREATED)
                .filter(f -> f.key(k -> k.filterRules(FilterRule.builder()
                        .name(FilterRuleName.PREFIX)
                        .value(FilterValue.of(prefix))
                        .build())))
                .build());
        AwsRefused.unless(
                "S3",
                "change the notification of bucket " + bucket,
                () -> s3.putBucketNotificationConfiguration(r -> r.bucket(bucket)
                        .notificationConfiguration(c -> c.queueConfigurations(queues)
                                .topicConfigurations(now.topicConfigurations())
                                .lambdaFunctionConfigurations(now.lambdaFunctionConfigurations())
                                .eventBridgeConfiguration(now.eventBridgeConfiguration()))));
    }

    /** Readable, and no other entry's: prefixes that differ in special characters alone would have the same. */
    private static String id(String prefix, List<QueueConfiguration> others) {
        String name = Notifications.OWN_ID + (prefix.isEmpty() ? "all" : prefix.replaceAll("[^A-Za-z0-9_.-]+", "-"));
        String readable = name.substring(0, Math.min(name.length(), LONGEST_ID));
        return others.stream().anyMatch(entry -> readable.equals(entry.id()))
                ? readable + "-" + Integer.toHexString(prefix.hashCode())
                : readable;
    }

    /** S3 refuses whoever expects another owner than a bucket has ("Verifying bucket ownership with bucket owner condition"). */
    private boolean isForeign(String bucket, String account) {
        return answers(bucket, Optional.empty()) && !answers(bucket, Optional.of(account));
    }

    private boolean answers(String bucket, Optional<String> owner) {
        try {
            s3.headBucket(r -> {
                r.bucket(bucket);
                owner.ifPresent(r::expectedBucketOwner);
            });
            return true;
        } catch (S3Exception e) {
            return e.statusCode() != FORBIDDEN && owner.isPresent();
        }
    }

    private GetBucketNotificationConfigurationResponse configuration(String bucket) {
        return AwsRefused.unless(
                "S3",
                "read the notification of bucket " + bucket,
                () -> s3.getBucketNotificationConfiguration(r -> r.bucket(bucket)));
    }

    private SqsFacts queue() {
        return SqsFacts.find(sqs, queueName)
                .orElseThrow(() -> new IllegalStateException("queue " + queueName + " is not there yet"));
    }
}
