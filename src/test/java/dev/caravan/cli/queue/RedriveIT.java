package dev.caravan.cli.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.cli.CaravanCommand;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** {@code caravan redrive} by the packaged jar. */
class RedriveIT {
    private final SqsClient sqs = SharedSandbox.get().sqs();
    private final Landing landing = SharedSandbox.landing();

    @Test
    void aParkedEventThatBecameLoadableIsLoaded() throws Exception {
        ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
        cluster.run("CREATE TABLE public.redriven (id INT, name VARCHAR(20))");
        try (Pipeline instance = pipeline()) {
            instance.start();
            SharedSandbox.get()
                    .s3()
                    .putObject(r -> r.bucket(landing.bucket()).key("web/a b.csv"), RequestBody.fromString("1,a\n"));
            await().until(() -> messages(landing.deadLetterQueueUrl()) == 1);
        }

        CaravanCommand redrive = CaravanCommand.run(environment(), "redrive");
        assertThat(redrive.err()).isEmpty();
        assertThat(redrive.exitCode()).isZero();
        assertThat(redrive.out()).hasSize(2);
        assertThat(redrive.out().get(0))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ  s3://" + landing.bucket()
                        + "/web/a b.csv  \\(.*no feed.*\\)");
        assertThat(redrive.out().get(1)).isEqualTo("1 message is back in " + landing.queueName());

        try (Pipeline instance = pipeline()) {
            instance.feed("web", "prefix", landing.bucket() + "/web/", "table", "public.redriven", "batchSize", "1")
                    .start();
            await().until(() -> cluster.column("SELECT id FROM public.redriven").equals(List.of("1")));
        }
        assertThat(messages(landing.deadLetterQueueUrl())).isZero();
    }

    @Test
    void aMessageKeepsItsBodyAndItsAttributes_andLosesItsReason() throws Exception {
        emptyQueue();
        String body = " any body, as it came: {\"ü\": \"日本\"} ";
        sqs.sendMessage(r -> r.queueUrl(landing.deadLetterQueueUrl())
                .messageBody(body)
                .messageAttributes(Map.of("reason", text("why"), "trace", text("t-1"))));
        assertThat(CaravanCommand.run(environment(), "redrive").out().get(0))
                .endsWith("  any body, as it came: {\"ü\": \"日本\"}  (why)");
        Message message = sqs.receiveMessage(r -> r.queueUrl(landing.queueUrl())
                        .messageAttributeNames("All")
                        .waitTimeSeconds(5))
                .messages()
                .get(0);
        assertThat(message.body()).isEqualTo(body);
        assertThat(message.messageAttributes()).containsOnlyKeys("trace");
    }

    @Test
    void aDryRunShowsAndMovesNothing_andALimitMovesSoMany() throws Exception {
        emptyQueue();
        IntStream.range(0, 23)
                .forEach(i -> sqs.sendMessage(
                        r -> r.queueUrl(landing.deadLetterQueueUrl()).messageBody("event " + i)));

        CaravanCommand dryRun = CaravanCommand.run(environment(), "redrive", "--dry-run");
        assertThat(dryRun.out()).hasSize(24).endsWith("23 messages would go back to " + landing.queueName());
        assertThat(messages(landing.deadLetterQueueUrl())).isEqualTo(23);
        assertThat(messages(landing.queueUrl())).isZero();

        CaravanCommand some = CaravanCommand.run(environment(), "redrive", "--limit", "12");
        assertThat(some.out()).hasSize(13).endsWith("12 messages are back in " + landing.queueName());
        assertThat(messages(landing.deadLetterQueueUrl())).isEqualTo(11);

        CaravanCommand rest = CaravanCommand.run(environment(), "redrive");
        assertThat(rest.out()).hasSize(12);
        assertThat(messages(landing.deadLetterQueueUrl())).isZero();
        assertThat(messages(landing.queueUrl())).isEqualTo(23);

        CaravanCommand nothing = CaravanCommand.run(environment(), "redrive");
        assertThat(nothing.out())
                .containsExactly("The dead-letter queue " + landing.deadLetterQueueName() + " is empty");
        assertThat(nothing.exitCode()).isZero();
    }

    @Test
    void messagesThatAnotherReaderHoldsAreNotTakenForNone() throws Exception {
        sqs.sendMessage(r -> r.queueUrl(landing.deadLetterQueueUrl()).messageBody("held"));
        assertThat(sqs.receiveMessage(
                                r -> r.queueUrl(landing.deadLetterQueueUrl()).visibilityTimeout(600))
                        .messages())
                .hasSize(1);
        assertThat(CaravanCommand.run(environment(), "redrive").out())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("1 of its messages are held by another reader"));
    }

    @Test
    void whatIsMissingIsOneSentence_andExitCode1() throws Exception {
        assertThat(failure(Map.of("CARAVAN_DEAD_LETTER_QUEUE", "no-such-queue")))
                .isEqualTo("caravan: caravan.dead-letter-queue = no-such-queue: no such SQS queue in this region:"
                        + " create it, or name another\n");
        assertThat(failure(Map.of("AWS_ENDPOINT_URL_SQS", "http://localhost:" + unusedPort())))
                .startsWith("caravan: caravan.queue = " + landing.queueName() + ": SQS can't be reached (")
                .endsWith("): check the network, AWS_REGION, and AWS_ENDPOINT_URL_SQS if it is set\n")
                .hasLineCount(1);
        assertThat(failure(Map.of("AWS_ACCESS_KEY_ID", "", "AWS_EC2_METADATA_DISABLED", "true")))
                .startsWith("caravan: AWS credentials and region: Unable to load credentials")
                .contains("Set AWS_REGION and credentials")
                .hasLineCount(1);
    }

    private String failure(Map<String, String> settings) throws Exception {
        Map<String, String> environment = environment();
        environment.putAll(settings);
        CaravanCommand command = CaravanCommand.run(environment, "redrive");
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.out()).isEmpty();
        return command.err();
    }

    private Pipeline pipeline() {
        return new Pipeline(landing, "redrive").with("caravan.unmatched", "park");
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(SharedSandbox.get().environment());
        environment.put("CARAVAN_QUEUE", landing.queueName());
        environment.put("CARAVAN_DEAD_LETTER_QUEUE", landing.deadLetterQueueName());
        return environment;
    }

    /** Of S3's test event. */
    private void emptyQueue() {
        await().until(() -> messages(landing.queueUrl()) > 0);
        sqs.purgeQueue(r -> r.queueUrl(landing.queueUrl()));
    }

    private int messages(String queueUrl) {
        QueueAttributeName visible = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
        return Integer.parseInt(sqs.getQueueAttributes(r -> r.queueUrl(queueUrl).attributeNames(visible))
                .attributes()
                .getOrDefault(visible, "-1"));
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private static int unusedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
