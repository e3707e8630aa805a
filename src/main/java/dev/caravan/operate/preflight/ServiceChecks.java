package dev.caravan.operate.preflight;

import dev.caravan.base.aws.AwsRefused;
import dev.caravan.ledger.read.TableStates;
import dev.caravan.ledger.read.TableStates.State;
import dev.caravan.operate.setup.KmsKeys;
import dev.caravan.operate.setup.SqsFacts;
import dev.caravan.operate.setup.TopicSteps;
import dev.caravan.s3.event.S3Prefix;
import dev.caravan.startup.Settings;
import dev.caravan.startup.aws.AwsCheck;
import dev.caravan.startup.aws.AwsClients;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What all feeds share: who we are, the queues, the ledger's tables, topics, and where manifests go. */
record ServiceChecks(
        Settings settings, AwsClients clients, S3Client s3, SqsClient sqs, SnsClient sns, TableStates tables) {

    void run(Stream<Optional<String>> topics, Stream<Optional<S3Prefix>> places, Consumer<Finding> findings) {
        findings.accept(Asked.aws("AWS", this::identity));
        findings.accept(Asked.aws("queue " + settings.queue(), this::queue));
        encryption().ifPresent(findings);
        findings.accept(Asked.aws("dead-letter queue " + settings.deadLetterQueue(), this::deadLetters));
        findings.accept(Asked.aws("ledger", this::ledger));
        distinct(topics).forEach(topic -> findings.accept(Asked.aws("topic " + topic, () -> topic(topic))));
        distinct(places.map(place -> place.map(S3Prefix::toString)))
                .forEach(place -> findings.accept(Asked.aws("manifests " + place, () -> manifests(place))));
    }

    private Finding identity() {
        String region = clients.region();
        Optional<String> caller = AwsRefused.unless("STS", "ask who this is", clients::caller);
        return caller.map(arn -> Finding.ok("AWS", arn + " in region " + region))
                .orElseGet(() -> Finding.skip(
                        "AWS", "region " + region + "; who this is wasn't asked, as AWS_ENDPOINT_URL_STS is not set"));
    }

    private Finding queue() {
        String about = "queue " + settings.queue();
        if (settings.queue().endsWith(AwsCheck.FIFO)) {
            return Finding.fail(about, AwsCheck.NO_FIFO);
        }
        Optional<SqsFacts> queue = SqsFacts.find(sqs, settings.queue());
        if (queue.isEmpty()) {
            return Finding.fail(about, "no such queue in this region: caravan setup creates it");
        }
        String dead = settings.deadLetterQueue();
        Optional<String> target = queue.get().deadLetters();
        if (target.isEmpty()) {
            return Finding.fail(
                    about,
                    "it has no redrive policy, so that a message which kills its receiver comes for ever: caravan setup adds one");
        }
        return target.get().endsWith(":" + dead.substring(dead.lastIndexOf(':') + 1))
                ? Finding.ok(
                        about,
                        "visible again after " + queue.get().visibility()
                                + " s (the receive route asks for 30 s itself), received too often goes to " + dead)
                : Finding.fail(
                        about,
                        "its redrive policy names " + target.get() + ", caravan.dead-letter-queue is " + dead
                                + ": change one of them");
    }

    /** S3 sends into an encrypted queue only if it may use the key; empty if there is none, or nobody knows. */
    private Optional<Finding> encryption() {
        try {
            return SqsFacts.find(sqs, settings.queue())
                    .flatMap(SqsFacts::key)
                    .map(key -> encryption("queue " + settings.queue() + ": encryption", key));
        } catch (AwsRefused e) {
            return Optional.empty();
        }
    }

    static Finding encryption(String about, String key) {
        return KmsKeys.isAwsManaged(key)
                ? Finding.fail(
                        about,
                        key
                                + " is AWS's own key, which S3 may not use: no event comes. Encrypt the queue with SSE-SQS, or with a key of"
                                + " yours")
                : Finding.warn(
                        about,
                        "whether the policy of key " + key
                                + " lets s3.amazonaws.com use it (kms:GenerateDataKey, kms:Decrypt) can't"
                                + " be told from here: look at it, or prove it with --send-test-event");
    }

    private Finding deadLetters() {
        String about = "dead-letter queue " + settings.deadLetterQueue();
        if (settings.deadLetterQueue().endsWith(AwsCheck.FIFO)) {
            return Finding.fail(about, AwsCheck.NO_FIFO);
        }
        return SqsFacts.find(sqs, settings.deadLetterQueue()).isPresent()
                ? Finding.ok(about, "is there")
                : Finding.fail(about, "no such queue in this region: caravan setup creates it");
    }

    private Finding ledger() {
        var states = AwsRefused.unless("DynamoDB", "look at the tables " + settings.tablePrefix() + "-…", tables::look);
        List<String> missing = states.keySet().stream()
                .filter(table -> states.get(table) == State.MISSING)
                .toList();
        if (!missing.isEmpty()) {
            return Finding.fail(
                    "ledger",
                    "DynamoDB has no table " + String.join(", ", missing)
                            + ": caravan setup, or the first start, creates it");
        }
        return states.containsValue(State.WITHOUT_TIME_TO_LIVE)
                ? Finding.warn("ledger", "its items never expire: caravan setup turns the tables' time to live on")
                : Finding.ok("ledger", "DynamoDB tables " + String.join(", ", states.keySet()));
    }

    private Finding topic(String topic) {
        String about = "topic " + topic;
        return new TopicSteps(sns)
                .arn(topic)
                .map(arn -> KmsKeys.ofTopic(sns, topic)
                        .filter(key -> !KmsKeys.isAwsManaged(key))
                        .map(
                                key -> Finding.warn(
                                        about,
                                        arn + " is encrypted with key " + key
                                                + "; whether Caravan may use it (kms:GenerateDataKey,"
                                                + " kms:Decrypt) can't be told from here: caravan setup --policies prints what it needs"))
                        .orElseGet(() -> Finding.ok(about, arn)))
                .orElseGet(() ->
                        Finding.fail(about, "no such topic in this region: caravan setup creates it, or name another"));
    }

    private Finding manifests(String place) {
        String about = "manifests " + place;
        int slash = place.indexOf('/');
        String bucket = place.substring(0, slash);
        String key = CheckFile.key(place.substring(slash + 1), "writable");
        AwsRefused.unless(
                "S3",
                "write s3://" + bucket + "/" + key,
                () -> s3.putObject(
                        r -> r.bucket(bucket).key(key), RequestBody.fromString("written by caravan check\n")));
        try {
            return AwsRefused.unless("S3", "delete s3://" + bucket + "/" + key, () -> {
                s3.deleteObject(r -> r.bucket(bucket).key(key));
                return Finding.ok(about, "can be written");
            });
        } catch (AwsRefused e) {
            return Finding.warn(about, "can be written, but the test file stays there: " + e.getMessage());
        }
    }

    private static Collection<String> distinct(Stream<Optional<String>> values) {
        return values.flatMap(Optional::stream).collect(Collectors.toCollection(TreeSet::new));
    }
}
