package dev.caravan.operate.setup;

import dev.caravan.base.aws.AwsRefused;
import dev.caravan.feed.Feed;
import dev.caravan.ledger.read.TableStates;
import dev.caravan.startup.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Everything that the settings and feeds name, in the order in which it can be made.
 *
 * @param clusters a data source for a cluster's name
 */
public record Setup(
        Settings settings,
        Beans beans,
        TableStates tables,
        S3Client s3,
        SqsClient sqs,
        SnsClient sns,
        Function<String, Optional<DataSource>> clusters) {
    private static final int NOT_FOUND = 404;

    /** A look at one thing, which finds out what is to be done now. */
    public record Look(String about, Supplier<Step> step) {

        /** What is to be done; blocked if whoever has the thing can't be asked. */
        public Step take() {
            try {
                return step.get();
            } catch (AwsRefused | SdkException | IllegalStateException e) {
                return Step.blocked("look at " + about + ": " + Step.why(e));
            }
        }
    }

    /** One look for each thing. A later one may need what an earlier one made. */
    public List<Look> looks() {
        QueueSteps queues = new QueueSteps(sqs, settings);
        BucketSteps buckets = new BucketSteps(s3, sqs, settings.queue());
        TopicSteps topics = new TopicSteps(sns);
        List<Look> looks = new ArrayList<>();
        looks.add(new Look("the ledger's tables " + settings.tablePrefix() + "-…", this::ledger));
        looks.add(new Look("dead-letter queue " + settings.deadLetterQueue(), queues::deadLetterQueue));
        looks.add(new Look("queue " + settings.queue(), queues::queue));
        prefixes().forEach((bucket, prefixes) -> {
            looks.add(new Look("queue policy for bucket " + bucket, () -> buckets.policy(bucket)));
            prefixes.forEach(prefix -> looks.add(new Look(
                    "notification for s3://" + bucket + "/" + prefix, () -> buckets.notification(bucket, prefix))));
        });
        beans.loadedTopics().forEach(t -> looks.add(topic(topics, t)));
        beans.failedTopics().forEach(t -> looks.add(topic(topics, t)));
        beans.manifestBuckets()
                .forEach(bucket -> looks.add(new Look("manifest bucket " + bucket, () -> manifestBucket(bucket))));
        ClusterSteps inClusters = new ClusterSteps(settings.clusterSchema(), clusters);
        beans.clusters()
                .forEach(cluster -> looks.add(new Look("cluster " + cluster, () -> inClusters.schema(cluster))));
        return looks;
    }

    private static Look topic(TopicSteps topics, String topic) {
        return new Look("topic " + topic, () -> topics.topic(topic));
    }

    private Step ledger() {
        Map<String, TableStates.State> states = tables.look();
        List<String> missing = in(states, TableStates.State.MISSING);
        List<String> forEver = in(states, TableStates.State.WITHOUT_TIME_TO_LIVE);
        if (!missing.isEmpty()) {
            return Step.create("DynamoDB tables " + String.join(", ", missing), tables::create);
        }
        return forEver.isEmpty()
                ? Step.there("DynamoDB tables " + String.join(", ", states.keySet()))
                : Step.change(
                        "DynamoDB tables " + String.join(", ", forEver) + ": items expire (time to live)",
                        () -> forEver.forEach(tables::expire));
    }

    private static List<String> in(Map<String, TableStates.State> states, TableStates.State state) {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue() == state)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Step manifestBucket(String bucket) {
        return AwsRefused.unless("S3", "look at bucket " + bucket, () -> {
            try {
                s3.headBucket(r -> r.bucket(bucket));
                return Step.there("manifest bucket " + bucket);
            } catch (S3Exception e) {
                if (e.statusCode() != NOT_FOUND) {
                    throw e;
                }
                return Step.blocked(
                        "find manifest bucket " + bucket
                                + ": create it as your buckets should be (encryption, life cycle), or name another in caravan.manifest-prefix");
            }
        });
    }

    /** For each bucket the prefixes of its feeds, without those that another one covers. */
    private Map<String, List<String>> prefixes() {
        return beans.feeds().all().stream()
                .filter(feed -> !feed.bucket().isEmpty())
                .collect(Collectors.groupingBy(
                        Feed::bucket,
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(Feed::keyPrefix, Collectors.toList()),
                                prefixes -> Notifications.fitting(prefixes, Notifications.MOST))));
    }
}
