package dev.caravan.operate.setup;

import dev.caravan.dataapi.DataApiDataSource;
import dev.caravan.dataapi.Place;
import dev.caravan.feed.Feed;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.redshift.target.SchemaEvolution;
import dev.caravan.s3.event.S3Prefix;
import dev.caravan.startup.Settings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The least that IAM has to allow, with the names of this configuration; several documents where one would be too large.
 *
 * @param place of what is named without saying where it is
 * @param dataApis clusters that are reached through the Data API
 * @param keys KMS keys in use
 */
public record Policies(
        Settings settings, Beans beans, Place place, Collection<DataApiDataSource> dataApis, KmsKeys keys) {
    /** How many prefixes a bucket's objects are named by: as many as there are, or folders that are fewer, until IAM takes it. */
    private static final List<Integer> PREFIXES = List.of(Integer.MAX_VALUE, 300, 100, 30, 10, 1);

    /** For the role that the application runs as. */
    public List<String> application() {
        return fitting(this::application);
    }

    private PolicyDocuments application(int prefixes) {
        PolicyDocuments statements = new PolicyDocuments();
        statements.allow(
                List.of(
                        "sqs:ReceiveMessage",
                        "sqs:DeleteMessage",
                        "sqs:ChangeMessageVisibility",
                        "sqs:GetQueueUrl",
                        "sqs:GetQueueAttributes"),
                List.of(sqs(settings.queue())));
        statements.allow(
                List.of("sqs:SendMessage", "sqs:GetQueueUrl", "sqs:GetQueueAttributes"),
                List.of(sqs(settings.deadLetterQueue())));
        statements.allow(
                List.of(
                        "dynamodb:GetItem",
                        "dynamodb:PutItem",
                        "dynamodb:UpdateItem",
                        "dynamodb:DeleteItem",
                        "dynamodb:BatchGetItem",
                        "dynamodb:Query",
                        "dynamodb:PartiQLSelect",
                        "dynamodb:DescribeTable"),
                List.of(tables()));
        statements.allow(
                List.of("dynamodb:CreateTable", "dynamodb:UpdateTimeToLive", "dynamodb:DescribeTimeToLive"),
                List.of(tables()));
        statements.allow(List.of("s3:PutObject"), manifests(prefix -> objects(prefix, "")));
        Set<String> removed = parts();
        removed.addAll(differences());
        statements.allow(List.of("s3:DeleteObject", "s3:AbortMultipartUpload"), removed);
        Set<String> read = new TreeSet<>(landing(prefixes));
        read.addAll(differences());
        statements.allow(List.of("s3:GetObject"), read);
        Set<String> listed = buckets();
        listed.addAll(manifests(prefix -> place.s3(prefix.bucket())));
        statements.allow(List.of("s3:ListBucket"), listed);
        if (settings.reconciles()) {
            statements.allow(List.of("s3:ListBucketVersions", "s3:GetBucketVersioning"), buckets());
        }
        dataApis.stream()
                .flatMap(cluster -> cluster.permissions(place).stream())
                .distinct()
                .forEach(allowed -> statements.allow(allowed.actions(), allowed.resources()));
        Set<String> topics = topics();
        if (!topics.isEmpty()) {
            statements.allow(List.of("sns:Publish", "sns:GetTopicAttributes"), topics);
            statements.allow(List.of("sns:ListTopics"), List.of("*"));
        }
        new KeyPolicies(keys, place)
                .application(
                        statements,
                        beans.feeds().all().stream()
                                .anyMatch(feed -> feed.schemaEvolution() == SchemaEvolution.ADD_COLUMNS));
        return statements;
    }

    /** For people who give commands, besides {@link #application}. */
    public List<String> operator() {
        return fitting(this::operator);
    }

    private PolicyDocuments operator(int prefixes) {
        PolicyDocuments statements = new PolicyDocuments();
        statements.allow(
                List.of(
                        "sqs:ReceiveMessage",
                        "sqs:DeleteMessage",
                        "sqs:ChangeMessageVisibility",
                        "sqs:CreateQueue",
                        "sqs:SetQueueAttributes"),
                List.of(sqs(settings.deadLetterQueue())));
        statements.allow(
                List.of("sqs:SendMessage", "sqs:CreateQueue", "sqs:SetQueueAttributes"),
                List.of(sqs(settings.queue())));
        statements.allow(
                List.of("dynamodb:BatchWriteItem", "dynamodb:Scan", "dynamodb:DescribeTimeToLive"), List.of(tables()));
        statements.allow(
                List.of("dynamodb:Scan", "dynamodb:BatchGetItem"),
                List.of(place.arn("dynamodb", "table/*LambdaRedshift*")));
        statements.allow(
                List.of(
                        "s3:ListBucketVersions",
                        "s3:GetBucketVersioning",
                        "s3:GetBucketLocation",
                        "s3:GetBucketNotification",
                        "s3:PutBucketNotification",
                        "s3:GetEncryptionConfiguration"),
                buckets());
        statements.allow(List.of("s3:GetEncryptionConfiguration"), manifests(prefix -> place.s3(prefix.bucket())));
        Set<String> tried = manifests(prefix -> objects(prefix, "caravan-check/"));
        tried.addAll(manifests(prefix -> objects(prefix, "caravan-doctor/")));
        statements.allow(List.of("s3:DeleteObject"), tried);
        statements.allow(
                List.of("s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"),
                buckets().stream().map(bucket -> bucket + "/*caravan-check-*").toList());
        Set<String> topics = topics();
        if (!topics.isEmpty()) {
            statements.allow(List.of("sns:CreateTopic", "sns:ListSubscriptionsByTopic"), topics);
        }
        new KeyPolicies(keys, place).operator(statements);
        return statements;
    }

    /** For the role with which Redshift copies and, for mirrors, unloads ("UNLOAD" and "IAM permissions for COPY, UNLOAD, and CREATE LIBRARY" in Redshift's developer guide). */
    public List<String> copyRole() {
        return fitting(this::copyRole);
    }

    private PolicyDocuments copyRole(int prefixes) {
        PolicyDocuments statements = new PolicyDocuments();
        Set<String> objects = new TreeSet<>(landing(prefixes));
        objects.addAll(manifests(prefix -> objects(prefix, "")));
        beans.feeds().all().stream()
                .map(Feed::format)
                .flatMap(format -> format.jsonPaths().stream())
                .forEach(url -> objects.add(place.s3(ArnPattern.of(url.substring("s3://".length())))));
        Set<String> buckets = new TreeSet<>();
        objects.forEach(object -> buckets.add(object.substring(0, object.indexOf('/'))));
        statements.allow(List.of("s3:GetObject"), objects);
        statements.allow(List.of("s3:PutObject"), differences());
        statements.allow(List.of("s3:ListBucket", "s3:GetBucketLocation"), buckets);
        new KeyPolicies(keys, place).copyRole(statements, !beans.mirrors().isEmpty());
        return statements;
    }

    /** What the owners of KMS keys have to do, and what isn't known of them; one paragraph each. */
    public List<String> keyNotes() {
        return new KeyPolicies(keys, place).notes();
    }

    private static List<String> fitting(IntFunction<PolicyDocuments> statements) {
        List<String> texts = List.of();
        for (int prefixes : PREFIXES) {
            texts = statements.apply(prefixes).texts();
            if (texts.size() <= PolicyDocuments.MOST) {
                return texts;
            }
        }
        return texts;
    }

    private String sqs(String queue) {
        return queue.startsWith("arn:") ? queue : place.arn("sqs", queue);
    }

    private String tables() {
        return place.arn("dynamodb", "table/" + settings.tablePrefix() + "-*");
    }

    private Set<String> topics() {
        return beans.topics().stream()
                .map(topic -> topic.startsWith("arn:") ? topic : place.arn("sns", topic))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> manifests(Function<S3Prefix, String> arn) {
        return beans.manifests().stream().map(arn).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What syncs write and remove. */
    private Set<String> parts() {
        return below("parts/", beans.syncs().stream().map(TableSync::manifestPrefix));
    }

    /** What UNLOAD writes for mirrors, and they for COPY, which they remove. */
    private Set<String> differences() {
        return below("mirrors/", beans.mirrors().stream().map(TableMirror::manifestPrefix));
    }

    private Set<String> below(String folder, Stream<Optional<S3Prefix>> prefixes) {
        return prefixes.flatMap(Optional::stream)
                .map(prefix -> objects(prefix, folder))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All objects below a prefix of manifests and a folder there. */
    private String objects(S3Prefix prefix, String folder) {
        String key = prefix.key();
        String place = key.isEmpty() || key.endsWith("/") ? key : key + "/";
        return this.place.s3(prefix.bucket() + "/" + ArnPattern.of(place + folder) + "*");
    }

    /** Where files land. */
    private Set<String> buckets() {
        return beans.landing().stream().map(place::s3).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The feeds' objects, by so many prefixes of a bucket at most. */
    private List<String> landing(int prefixes) {
        Map<String, List<String>> byBucket = beans.feeds().all().stream()
                .filter(feed -> !feed.bucket().isEmpty())
                .collect(Collectors.groupingBy(
                        Feed::bucket, TreeMap::new, Collectors.mapping(Feed::keyPrefix, Collectors.toList())));
        return byBucket.entrySet().stream()
                .flatMap(bucket -> Notifications.fitting(bucket.getValue(), prefixes).stream()
                        .map(prefix -> ArnPattern.of(prefix).replaceFirst("\\*?$", "*"))
                        .map(prefix -> place.s3(bucket.getKey() + "/" + prefix)))
                .toList();
    }
}
