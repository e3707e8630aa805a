package dev.caravan.operate.setup;

import dev.caravan.base.aws.AwsProblem;
import dev.caravan.base.aws.AwsRefused;
import dev.caravan.dataapi.Place;
import dev.caravan.startup.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Which KMS keys queues, topics and buckets name; each by its id, ARN or alias, as they name it.
 *
 * @param topics by the topic's name or ARN
 * @param landing by bucket, where files land; the key of its default encryption
 * @param manifests by bucket, where manifests are written
 * @param unasked what could not be asked, and why
 */
public record KmsKeys(
        Optional<String> queue,
        Optional<String> deadLetters,
        Map<String, String> topics,
        Map<String, String> landing,
        Map<String, String> manifests,
        List<String> unasked) {
    private static final int NOT_FOUND = 404;

    /** None, as far as anybody knows. */
    public static final KmsKeys NONE =
            new KmsKeys(Optional.empty(), Optional.empty(), Map.of(), Map.of(), Map.of(), List.of());

    /** Asks all of them. */
    public static KmsKeys of(Settings settings, Beans beans, S3Client s3, SqsClient sqs, SnsClient sns) {
        List<String> unasked = new ArrayList<>();
        return new KmsKeys(
                asked(unasked, () -> SqsFacts.find(sqs, settings.queue()).flatMap(SqsFacts::key)),
                asked(
                        unasked,
                        () -> SqsFacts.find(sqs, settings.deadLetterQueue()).flatMap(SqsFacts::key)),
                each(beans.topics(), topic -> asked(unasked, () -> ofTopic(sns, topic))),
                each(beans.landing(), bucket -> asked(unasked, () -> ofBucket(s3, bucket))),
                each(beans.manifestBuckets(), bucket -> asked(unasked, () -> ofBucket(s3, bucket))),
                List.copyOf(unasked));
    }

    /** The key with which a bucket encrypts what nobody else encrypts; throws {@link AwsRefused} if S3 can't be asked. */
    public static Optional<String> ofBucket(S3Client s3, String bucket) {
        return AwsRefused.unless("S3", "read the default encryption of bucket " + bucket, () -> {
            try {
                return s3
                        .getBucketEncryption(r -> r.bucket(bucket))
                        .serverSideEncryptionConfiguration()
                        .rules()
                        .stream()
                        .map(rule -> rule.applyServerSideEncryptionByDefault())
                        .filter(rule -> rule != null
                                && String.valueOf(rule.sseAlgorithmAsString()).startsWith("aws:kms"))
                        .map(rule -> Optional.ofNullable(rule.kmsMasterKeyID()).orElse("alias/aws/s3"))
                        .findFirst();
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** The key with which a topic is encrypted; throws {@link AwsRefused} if SNS can't be asked. */
    public static Optional<String> ofTopic(SnsClient sns, String topic) {
        return new TopicSteps(sns)
                .arn(topic)
                .flatMap(arn -> AwsRefused.unless(
                        "SNS",
                        "read the attributes of topic " + topic,
                        () -> Optional.ofNullable(sns.getTopicAttributes(r -> r.topicArn(arn))
                                .attributes()
                                .get("KmsMasterKeyId"))))
                .filter(key -> !key.isEmpty());
    }

    /** Whether AWS made the key for a service: its policy lets everybody in the account use that service, and can't be changed. */
    public static boolean isAwsManaged(String key) {
        return key.startsWith("alias/aws/") || key.contains(":alias/aws/");
    }

    /** Of these, the customer's own. */
    static Set<String> own(Stream<String> keys) {
        return keys.filter(key -> !isAwsManaged(key)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The ARN for a policy; of an alias all keys, which wants a condition on {@link #alias}. */
    static String resource(String key, Place place) {
        if (alias(key).isPresent()) {
            return key.startsWith("arn:") ? Place.of(key).arn("kms", "key/*") : place.arn("kms", "key/*");
        }
        return key.startsWith("arn:") ? key : place.arn("kms", "key/" + key);
    }

    static Optional<String> alias(String key) {
        return key.contains("alias/") ? Optional.of(key.substring(key.indexOf("alias/"))) : Optional.empty();
    }

    private static Optional<String> asked(List<String> unasked, Supplier<Optional<String>> question) {
        try {
            return question.get();
        } catch (AwsRefused e) {
            unasked.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        } catch (SdkException e) {
            unasked.add(AwsProblem.inWords("AWS", e));
            return Optional.empty();
        }
    }

    private static Map<String, String> each(Set<String> names, Function<String, Optional<String>> question) {
        Map<String, String> keys = new TreeMap<>();
        names.forEach(name -> question.apply(name).ifPresent(key -> keys.put(name, key)));
        return keys;
    }
}
