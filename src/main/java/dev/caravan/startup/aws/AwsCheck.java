package dev.caravan.startup.aws;

import dev.caravan.base.Fault;
import dev.caravan.base.aws.AwsProblem;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Whether what the configuration names in AWS is there and may be used. Each answer is a fault, or nothing. */
public final class AwsCheck {
    private static final Logger LOG = LoggerFactory.getLogger(AwsCheck.class);
    private static final long PAUSE_MILLIS = 1_000;

    /** What the name of a FIFO queue ends with. */
    public static final String FIFO = ".fifo";

    /** Why there can't be one ("Supported event destinations" in Amazon S3's user guide). */
    public static final String NO_FIFO =
            "S3 sends no events to FIFO queues, and what is parked has no message group: name a standard queue";

    private static final int ARN_PARTS = 6;
    private static final int ARN_ACCOUNT = 4;

    private final AwsClients clients;
    private final long end;
    private final Set<String> told = new HashSet<>();

    /** @param patience how long to wait for SQS and DynamoDB if they don't answer, all questions together */
    public AwsCheck(AwsClients clients, Duration patience) {
        this.clients = clients;
        end = System.nanoTime() + patience.toNanos();
    }

    /** No region or no credentials: every other question would fail with the same words. */
    public Optional<Fault> identity() {
        try {
            clients.credentials().resolveCredentials();
            clients.sqs().close();
            return Optional.empty();
        } catch (SdkException e) {
            return Optional.of(new Fault(
                    "AWS credentials and region",
                    "",
                    firstSentence(e)
                            + ". Set AWS_REGION and credentials (an instance role, AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY)"));
        }
    }

    /** @param name a name or an ARN */
    public Optional<Fault> queue(String key, String name) {
        if (name.endsWith(FIFO)) {
            return Optional.of(new Fault(key, name, NO_FIFO));
        }
        try (SqsClient sqs = clients.sqs()) {
            ask("SQS", () -> queueUrl(sqs, name));
            return Optional.empty();
        } catch (QueueDoesNotExistException e) {
            return Optional.of(new Fault(key, name, "no such SQS queue in this region: create it, or name another"));
        } catch (SdkException e) {
            return Optional.of(unusable(key, name, "SQS", e));
        }
    }

    /**
     * A queue's address.
     *
     * @param name a name or an ARN
     * @throws SdkException if there is no such queue, or SQS can't be asked
     */
    public static String queueUrl(SqsClient sqs, String name) {
        String[] arn = name.split(":", -1);
        return sqs.getQueueUrl(r -> {
                    r.queueName(arn[arn.length - 1]);
                    if (arn.length == ARN_PARTS) {
                        r.queueOwnerAWSAccountId(arn[ARN_ACCOUNT]);
                    }
                })
                .queueUrl();
    }

    public Optional<Fault> bucket(String name) {
        String key = "caravan.manifest-prefix";
        try (S3Client s3 = clients.s3()) {
            s3.headBucket(r -> r.bucket(name));
            return Optional.empty();
        } catch (S3Exception e) {
            return e.statusCode() == 404
                    ? Optional.of(new Fault(key, name, "no such S3 bucket: create it, or name another"))
                    : unlessPassing(key, name, "S3", e);
        } catch (SdkException e) {
            return unlessPassing(key, name, "S3", e);
        }
    }

    /** @param topic an ARN or a name */
    public Optional<Fault> topic(String key, String topic) {
        try (SnsClient sns = clients.sns()) {
            if (topic.startsWith("arn:")) {
                sns.getTopicAttributes(r -> r.topicArn(topic));
                return Optional.empty();
            }
            boolean found = sns.listTopicsPaginator().topics().stream()
                    .anyMatch(t -> t.topicArn().endsWith(":" + topic));
            return found ? Optional.empty() : Optional.of(noTopic(key, topic));
        } catch (NotFoundException e) {
            return Optional.of(noTopic(key, topic));
        } catch (SdkException e) {
            return unlessPassing(key, topic, "SNS", e);
        }
    }

    /** Creates the ledger's tables where they are missing and that is allowed, and asks them in the one way that needs a permission of its own. */
    public Optional<Fault> tables(String prefix, DynamoDbLedger ledger) {
        try {
            return ask("DynamoDB", () -> {
                ledger.createTables();
                ledger.overwritten("", List.of("s3:///"));
                return Optional.empty();
            });
        } catch (LedgerUnavailable e) {
            return e.isRefusal()
                    ? Optional.of(new Fault(
                            "caravan.ledger.table-prefix",
                            prefix,
                            e.getMessage() + ". It takes dynamodb:PartiQLSelect on the table " + prefix + "-files"))
                    : Optional.empty(); // which passes: nothing is received while it lasts
        } catch (SdkException e) {
            return Optional.of(new Fault(
                    "caravan.ledger.table-prefix",
                    prefix,
                    "can't find or create the DynamoDB tables " + prefix + "-files, " + prefix + "-batches and "
                            + prefix + "-entries: " + AwsProblem.inWords("DynamoDB", e)));
        }
    }

    /** Asks again while the service can't be reached, or fails for reasons of its own. */
    private <T> T ask(String service, Supplier<T> question) {
        while (true) {
            try {
                return question.get();
            } catch (SdkException e) {
                if (!isPassing(e) || System.nanoTime() > end) {
                    throw e;
                }
                if (told.add(service)) {
                    LOG.warn("Waiting for {}: {}", service, AwsProblem.inWords(service, e));
                }
                pause();
            }
        }
    }

    private static boolean isPassing(SdkException e) {
        return e instanceof AwsServiceException answer
                ? answer.statusCode() >= 500 || answer.isThrottlingException()
                : e instanceof SdkClientException;
    }

    /** A service that only loads need may be away when Caravan starts: files are recorded meanwhile. */
    private static Optional<Fault> unlessPassing(String key, String name, String service, SdkException e) {
        if (isPassing(e)) {
            LOG.warn(
                    "Starting although {} = {} can't be checked: {}. Files are recorded; batches wait until it is back",
                    key,
                    name,
                    AwsProblem.inWords(service, e));
            return Optional.empty();
        }
        return Optional.of(unusable(key, name, service, e));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The SDK goes on with every place where it looked. */
    private static String firstSentence(SdkException e) {
        return String.valueOf(e.getMessage()).replaceFirst("(?s)( in the chain|: \\[|[.] ).*", "");
    }

    private static Fault noTopic(String key, String topic) {
        return new Fault(key, topic, "no such SNS topic in this region: create it, or name another");
    }

    private static Fault unusable(String key, String name, String service, SdkException e) {
        return new Fault(key, name, AwsProblem.inWords(service, e));
    }
}
