package dev.caravan.setup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.dataapi.DataApiDataSource;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.feed.S3Prefix;
import dev.caravan.feed.SchemaEvolution;
import dev.caravan.startup.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The least that IAM has to allow, with the names of this configuration.
 *
 * @param place {@code region:account} of what is named without them; {@code *:*} if they are not known
 * @param dataApis clusters that are reached through the Data API
 */
public record Policies(Settings settings, Feeds feeds, String place, Collection<DataApiDataSource> dataApis) {

    /** For the role that the application runs as. */
    public String application() {
        Statements statements = new Statements();
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
                        "dynamodb:DescribeTable"),
                List.of(tables()));
        statements.allow(
                List.of("dynamodb:CreateTable", "dynamodb:UpdateTimeToLive", "dynamodb:DescribeTimeToLive"),
                List.of(tables()));
        statements.allow(List.of("s3:PutObject"), manifests(prefix -> arn(prefix) + folder(prefix) + "*"));
        statements.allow(List.of("s3:ListBucket"), manifests(Policies::arn));
        if (settings.reconciles()) {
            statements.allow(
                    List.of("s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketVersioning"),
                    landing(feed -> "arn:aws:s3:::" + feed.bucket()));
        }
        dataApis.stream()
                .flatMap(cluster -> cluster.permissions(place).stream())
                .distinct()
                .forEach(allowed -> statements.allow(allowed.actions(), allowed.resources()));
        Set<String> read = lookedInto();
        if (!read.isEmpty()) {
            statements.allow(List.of("s3:GetObject"), read);
        }
        Set<String> topics = topics();
        if (!topics.isEmpty()) {
            statements.allow(List.of("sns:Publish", "sns:GetTopicAttributes"), topics);
            statements.allow(List.of("sns:ListTopics"), List.of("*"));
        }
        return statements.toString();
    }

    /** For people who give commands, besides {@link #application}. */
    public String operator() {
        Statements statements = new Statements();
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
        statements.allow(List.of("dynamodb:BatchWriteItem", "dynamodb:DescribeTimeToLive"), List.of(tables()));
        statements.allow(
                List.of(
                        "s3:ListBucket",
                        "s3:ListBucketVersions",
                        "s3:GetBucketVersioning",
                        "s3:GetBucketLocation",
                        "s3:GetBucketNotification",
                        "s3:PutBucketNotification"),
                landing(feed -> "arn:aws:s3:::" + feed.bucket()));
        statements.allow(
                List.of("s3:DeleteObject"), manifests(prefix -> arn(prefix) + folder(prefix) + "caravan-check/*"));
        Set<String> topics = topics();
        if (!topics.isEmpty()) {
            statements.allow(List.of("sns:CreateTopic", "sns:ListSubscriptionsByTopic"), topics);
        }
        return statements.toString();
    }

    /** For the role with which Redshift copies. */
    public String copyRole() {
        Statements statements = new Statements();
        Set<String> objects =
                new TreeSet<>(landing(feed -> "arn:aws:s3:::" + feed.bucket() + "/" + feed.keyPrefix() + "*"));
        objects.addAll(manifests(prefix -> arn(prefix) + folder(prefix) + "*"));
        feeds.all().stream()
                .map(Feed::format)
                .flatMap(format -> format.jsonPaths().stream())
                .forEach(url -> objects.add("arn:aws:s3:::" + url.substring("s3://".length())));
        Set<String> buckets = new TreeSet<>();
        objects.forEach(object -> buckets.add(object.substring(0, object.indexOf('/'))));
        statements.allow(List.of("s3:GetObject"), objects);
        statements.allow(List.of("s3:ListBucket", "s3:GetBucketLocation"), buckets);
        return statements.toString();
    }

    private String sqs(String queue) {
        return queue.startsWith("arn:") ? queue : "arn:aws:sqs:" + place + ":" + queue;
    }

    private String tables() {
        return "arn:aws:dynamodb:" + place + ":table/" + settings.tablePrefix() + "-*";
    }

    private Set<String> topics() {
        return feeds.all().stream()
                .flatMap(feed -> Stream.concat(feed.loadedTopic().stream(), feed.failedTopic().stream()))
                .map(topic -> topic.startsWith("arn:") ? topic : "arn:aws:sns:" + place + ":" + topic)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> manifests(Function<S3Prefix, String> arn) {
        return feeds.all().stream()
                .flatMap(feed -> feed.manifestPrefix().stream())
                .map(arn)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> landing(Function<Feed, String> arn) {
        return feeds.all().stream()
                .filter(feed -> !feed.bucket().isEmpty())
                .map(arn)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Objects of feeds that add columns for new fields. */
    private Set<String> lookedInto() {
        return feeds.all().stream()
                .filter(feed -> feed.schemaEvolution() == SchemaEvolution.ADD_COLUMNS)
                .map(feed -> "arn:aws:s3:::" + feed.bucket() + "/" + feed.keyPrefix() + "*")
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String arn(S3Prefix prefix) {
        return "arn:aws:s3:::" + prefix.bucket();
    }

    /** {@code /manifests/}. */
    private static String folder(S3Prefix prefix) {
        String key = prefix.key();
        return key.isEmpty() ? "/" : "/" + key + (key.endsWith("/") ? "" : "/");
    }

    /** A policy with a line for each statement. */
    private static final class Statements {
        private final List<String> lines = new ArrayList<>();

        void allow(Collection<String> actions, Collection<String> resources) {
            ObjectNode statement = JsonNodeFactory.instance.objectNode().put("Effect", "Allow");
            ArrayNode listed = statement.putArray("Action");
            actions.forEach(listed::add);
            if (resources.size() == 1) {
                statement.put("Resource", resources.iterator().next());
            } else {
                ArrayNode all = statement.putArray("Resource");
                resources.forEach(all::add);
            }
            lines.add("    "
                    + statement
                            .toString()
                            .replace("\":", "\": ")
                            .replace("\",\"", "\", \"")
                            .replace("],\"", "], \""));
        }

        @Override
        public String toString() {
            return "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n" + String.join(",\n", lines) + "\n  ]\n}";
        }
    }
}
