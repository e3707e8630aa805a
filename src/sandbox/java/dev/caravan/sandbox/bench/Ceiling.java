package dev.caravan.sandbox.bench;

import dev.caravan.sandbox.aws.AwsClients;
import dev.caravan.sandbox.aws.TableById;
import dev.caravan.sandbox.run.RunFailure;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What the emulators can do for a client that does the least that anyone can: receive by tens, put ninety files into a table in one transaction,
 * delete by tens. As many clients as the product has receivers.
 */
final class Ceiling {
    private static final String NAME = "ceiling";
    private static final int FILES = 20_000;
    private static final int OF_A_TRANSACTION = 90;
    private static final int CLIENTS = 4;

    private final Stage stage;
    private final BenchOptions options;
    private final String queueUrl;

    Ceiling(Stage stage, BenchOptions options) {
        this.stage = stage;
        this.options = options;
        queueUrl = stage.emulators.sqs().createQueue(r -> r.queueName(NAME)).queueUrl();
    }

    /** Measures it, after as many files to warm up. */
    double filesPerSecond() {
        stage.say("Measuring what the emulators can do ...");
        try (DynamoDbClient dynamoDb = AwsClients.local(DynamoDbClient.builder(), port("DYNAMODB"))
                        .build();
                SqsClient sqs =
                        AwsClients.local(SqsClient.builder(), port("SQS")).build()) {
            TableById.create(dynamoDb, NAME);
            double unused = measure(dynamoDb, sqs, "warm-up");
            return measure(dynamoDb, sqs, "measured");
        }
    }

    private double measure(DynamoDbClient dynamoDb, SqsClient sqs, String run) {
        Filling.atOnce(
                new Events(
                        stage.emulators.sqs(),
                        queueUrl,
                        stage.emulators.landing().bucket(),
                        stage.feeds,
                        options.keyLength),
                run,
                FILES);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            long began = System.nanoTime();
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(clients.submit(() -> drain(dynamoDb, sqs)));
            }
            int files = 0;
            for (Future<Integer> one : all) {
                files += one.get();
            }
            return files / ((System.nanoTime() - began) / 1e9);
        } catch (ExecutionException e) {
            throw new RunFailure("The emulators' ceiling can't be measured", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("Interrupted");
        } finally {
            clients.shutdownNow();
        }
    }

    private int drain(DynamoDbClient dynamoDb, SqsClient sqs) {
        int files = 0;
        while (true) {
            List<List<Message>> tens = new ArrayList<>();
            while (tens.size() < OF_A_TRANSACTION / Events.MOST) {
                List<Message> messages = sqs.receiveMessage(
                                r -> r.queueUrl(queueUrl).maxNumberOfMessages(Events.MOST))
                        .messages();
                if (messages.isEmpty()) {
                    break;
                }
                tens.add(messages);
            }
            if (tens.isEmpty()) {
                return files;
            }
            List<TransactWriteItem> puts =
                    tens.stream().flatMap(List::stream).map(this::put).toList();
            dynamoDb.transactWriteItems(r -> r.transactItems(puts));
            for (List<Message> ten : tens) {
                sqs.deleteMessageBatch(r -> r.queueUrl(queueUrl)
                        .entries(ten.stream()
                                .map(message -> DeleteMessageBatchRequestEntry.builder()
                                        .id(message.messageId())
                                        .receiptHandle(message.receiptHandle())
                                        .build())
                                .toList()));
            }
            files += puts.size();
        }
    }

    private TransactWriteItem put(Message message) {
        String id = "s3://landing/" + "x".repeat(Math.max(0, options.keyLength - 36)) + message.messageId();
        return TransactWriteItem.builder()
                .put(p -> p.tableName(NAME)
                        .item(Map.of("id", AttributeValue.fromS(id)))
                        .conditionExpression("attribute_not_exists(id)"))
                .build();
    }

    private int port(String service) {
        return URI.create(stage.emulators.environment().getOrDefault("AWS_ENDPOINT_URL_" + service, ""))
                .getPort();
    }
}
