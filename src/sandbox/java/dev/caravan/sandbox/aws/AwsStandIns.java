package dev.caravan.sandbox.aws;

import dev.caravan.sandbox.aws.s3.EventDelivery;
import dev.caravan.sandbox.aws.s3.NotificationStore;
import dev.caravan.sandbox.aws.s3.S3Notifications;
import dev.caravan.sandbox.aws.s3.S3Server;
import dev.caravan.sandbox.parts.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The four AWS stand-ins, started together, with a client for each. */
public final class AwsStandIns implements AutoCloseable {
    private final Parts parts = new Parts();
    private final S3Client s3;
    private final SqsClient sqs;
    private final SnsClient sns;
    private final DynamoDbClient dynamoDb;
    private final CompletableFuture<S3Notifications> notifications = new CompletableFuture<>();

    private AwsStandIns(AwsPorts ports) {
        sqs = parts.add(AwsClients.local(SqsClient.builder(), ports.sqs()).build());
        sns = parts.add(AwsClients.local(SnsClient.builder(), ports.sns()).build());
        s3 = parts.add(s3Client(ports));
        dynamoDb = parts.add(
                AwsClients.local(DynamoDbClient.builder(), ports.dynamoDb()).build());
    }

    /** A client for S3, path style, that may be made before S3 is up. */
    public static S3Client s3Client(AwsPorts ports) {
        return AwsClients.local(S3Client.builder(), ports.s3())
                .forcePathStyle(true)
                .build();
    }

    /**
     * Starts all four and returns when they answer. Throws {@link IllegalStateException}, with nothing left running, when one
     * doesn't start.
     *
     * @param named the ports that URLs in answers name: those where clients find the services
     * @param data a folder in which everything is kept; empty keeps everything in memory
     */
    public static AwsStandIns start(AwsPorts ports, AwsPorts named, Optional<Path> data) {
        AwsStandIns aws = new AwsStandIns(ports);
        // At the same time, since each spends its start on loading classes of its own.
        List<CompletableFuture<Void>> starts = List.of(
                aws.start(
                        "SQS",
                        ports.sqs(),
                        () -> new SqsServer(ports.sqs(), named.sqs(), folder(data, "sqs"), aws.sqs)),
                aws.start(
                        "DynamoDB",
                        ports.dynamoDb(),
                        () -> new DynamoDbServer(ports.dynamoDb(), folder(data, "dynamodb"))),
                aws.start("S3", ports.s3(), () -> aws.s3Server(ports.s3(), data)),
                aws.start(
                        "SNS",
                        ports.sns(),
                        () -> new SnsServer(ports.sns(), named.sns(), folder(data, "sns"), aws.sqs)));
        try {
            CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
            return aws;
        } catch (CompletionException e) {
            aws.close();
            throw e.getCause() instanceof IllegalStateException failure ? failure : e;
        }
    }

    private S3Server s3Server(int port, Optional<Path> data) throws Exception {
        NotificationStore store = new NotificationStore(folder(data, "s3-notifications"));
        S3Notifications created = new S3Notifications(store, sqs, sns);
        notifications.complete(created);
        return new S3Server(port, folder(data, "s3"), created);
    }

    private CompletableFuture<Void> start(String name, int port, Callable<? extends AutoCloseable> part) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        parts.add(part.call());
                        started.complete(null);
                    } catch (Throwable e) { // an Error too: whoever waits must hear of it
                        started.completeExceptionally(new IllegalStateException(
                                "The sandbox's %s doesn't start on port %d: %s".formatted(name, port, e), e));
                    }
                },
                "start-" + name);
        thread.start();
        return started;
    }

    private static Optional<Path> folder(Optional<Path> data, String name) throws IOException {
        return data.isPresent() ? Optional.of(Files.createDirectories(data.get().resolve(name))) : Optional.empty();
    }

    /** A client for S3, path style. */
    public S3Client s3() {
        return s3;
    }

    /** A client for SQS. */
    public SqsClient sqs() {
        return sqs;
    }

    /** A client for SNS. */
    public SnsClient sns() {
        return sns;
    }

    /** A client for DynamoDB. */
    public DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    /** Decides from now on how the events of one bucket travel; {@link EventDelivery#promptly()} is how they do at first. */
    public void deliverEvents(String bucket, EventDelivery delivery) {
        notifications.join().deliverBy(bucket, delivery);
    }

    /** Stops everything, the part that started last first. */
    @Override
    public void close() {
        parts.close();
    }
}
