package dev.caravan.setup;

import dev.caravan.health.AwsRefused;
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
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What has to be so that a bucket's new objects are told to the queue. What others configured there stays. */
record BucketSteps(S3Client s3, SqsClient sqs, String queueName) {

    /** The queue lets S3 send. */
    Step policy(String bucket) {
        String words = "queue " + queueName + ": it takes events of bucket " + bucket;
        Optional<SqsFacts> queue = SqsFacts.find(sqs, queueName);
        if (queue.isPresent() && QueuePolicy.lets(queue.get().policy(), bucket)) {
            return Step.there(words);
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
        String words = "bucket notification: new objects in " + place + " are told to queue " + queueName;
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
        List<Notifications.Entry> others = now.overlapping(prefix);
        if (!others.isEmpty()) {
            Notifications.Entry other = others.get(0);
            return Step.blocked("have new objects in " + place + " told to queue " + queueName + ": entry '"
                    + other.id()
                    + "' of the bucket's notification tells " + other.to() + " of s3://" + bucket + "/" + other.prefix()
                    + (other.suffix().isEmpty() ? "" : "…" + other.suffix())
                    + ", and S3 takes one destination for overlapping prefixes. Let that entry tell an SNS topic, and subscribe"
                    + " both to it, or widen it if it is yours");
        }
        return Step.create(words, () -> add(bucket, prefix));
    }

    private void add(String bucket, String prefix) {
        GetBucketNotificationConfigurationResponse now = configuration(bucket);
        List<QueueConfiguration> queues = new ArrayList<>(now.queueConfigurations());
        String arn = queue().arn();
        queues.add(QueueConfiguration.builder()
                .id("caravan-" + (prefix.isEmpty() ? "all" : prefix.replaceAll("[^A-Za-z0-9_.-]+", "-")))
                .queueArn(arn)
                .events(Event.S3_OBJECT_CREATED)
                .filter(f -> f.key(k -> k.filterRules(FilterRule.builder()
                        .name(FilterRuleName.PREFIX)
                        .value(prefix)
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
