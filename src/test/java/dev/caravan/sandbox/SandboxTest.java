package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.sandbox.aws.TableById;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SandboxTest {
    private static final List<Service> AWS =
            List.of(Service.S3, Service.SQS, Service.SNS, Service.DYNAMODB, Service.REDSHIFT_DATA);

    @TempDir
    Path folder;

    @Test
    void withADataFolderEverythingSurvivesARestart() {
        SandboxOptions options = SandboxOptions.anyPorts().withData(folder);
        try (Sandbox before = Sandbox.start(options)) {
            new Inbox(before.sqs(), before.landing().queueUrl()).drain(); // the test event
            put(before, "kept/a b.csv");
            TableById.create(before.dynamoDb(), "kept");
            before.dynamoDb().putItem(r -> r.tableName("kept").item(DynamoDbTest.id("item")));
        }

        try (Sandbox after = Sandbox.start(options)) {
            Landing landing = after.landing();
            assertThat(after.s3()
                            .getObjectAsBytes(r -> r.bucket(landing.bucket()).key("kept/a b.csv"))
                            .asUtf8String())
                    .isEqualTo("hello");
            Inbox events = new Inbox(after.sqs(), landing.queueUrl());
            assertThat(events.drain())
                    .extracting(Message::body)
                    .singleElement()
                    .asString()
                    .contains("kept/a+b.csv");
            assertThat(after.sqs()
                            .getQueueAttributes(
                                    r -> r.queueUrl(landing.queueUrl()).attributeNames(QueueAttributeName.ALL))
                            .attributes())
                    .containsKey(QueueAttributeName.REDRIVE_POLICY)
                    .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30");
            assertThat(after.dynamoDb()
                            .getItem(r -> r.tableName("kept").key(DynamoDbTest.id("item")))
                            .hasItem())
                    .isTrue();

            put(after, "new"); // by the notification configuration that was kept
            assertThat(events.s3Events()).hasSize(1);
            after.sns().publish(r -> r.topicArn(landing.loadedTopicArn()).message("once")); // by the subscription
            assertThat(new Inbox(after.sqs(), landing.loadedQueueUrl()).drain()).hasSize(1);
        }
    }

    @Test
    void afterARestartPoisonStillMovesToTheDeadLetterQueue() {
        SandboxOptions options = SandboxOptions.anyPorts().withData(folder);
        Sandbox.start(options).close();

        try (Sandbox after = Sandbox.start(options)) {
            Landing landing = after.landing();
            new Inbox(after.sqs(), landing.queueUrl()).drain();
            after.sqs().sendMessage(r -> r.queueUrl(landing.queueUrl()).messageBody("poison"));
            for (int i = 1; i <= 6; i++) {
                SqsTest.receiveAndReturn(after.sqs(), landing);
            }
            assertThat(new Inbox(after.sqs(), landing.deadLetterQueueUrl()).await(1))
                    .extracting(Message::body)
                    .containsExactly("poison");
        }
    }

    @Test
    void everyDataFolderHasItsOwnMessages() {
        try (Sandbox one = Sandbox.start(SandboxOptions.anyPorts().withData(folder.resolve("one")))) {
            put(one, "one");
        }

        try (Sandbox two = Sandbox.start(SandboxOptions.anyPorts().withData(folder.resolve("two")))) {
            assertThat(new Inbox(two.sqs(), two.landing().queueUrl()).s3Events())
                    .isEmpty();
        }
    }

    @Test
    void inMemoryNothingIsKept() {
        for (int start = 1; start <= 2; start++) {
            try (Sandbox sandbox = Sandbox.start(SandboxOptions.anyPorts())) {
                assertThat(sandbox.s3()
                                .listObjectsV2(r -> r.bucket(sandbox.landing().bucket()))
                                .contents())
                        .as("start number %d in this JVM", start)
                        .isEmpty();
                put(sandbox, "x");
            }
        }
    }

    @Test
    void aStoppedSandboxFreesItsPorts() {
        SandboxOptions chosen;
        try (Sandbox first = Sandbox.start(SandboxOptions.anyPorts())) {
            chosen = first.options();
        }

        try (Sandbox second = Sandbox.start(chosen)) {
            assertThat(second.options()).isEqualTo(chosen);
        }
    }

    @Test
    void aTakenPortIsNamedWithItsServiceAndTheWayOut() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> Sandbox.start(SandboxOptions.anyPorts().withPort(Service.SNS, port)))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("Port " + port)
                    .hasMessageContaining("SNS")
                    .hasMessageContaining("--sns-port");
        }
    }

    @Test
    void whenOnePartDoesNotStartTheOthersAreStopped() {
        SandboxOptions options = Ports.resolve(SandboxOptions.anyPorts()).withData(folder.resolve("file"));
        assertThat(folder.resolve("file").toFile().mkdir()).isTrue();
        assertThat(write(folder.resolve("file/sns"))).isTrue(); // a file where SNS needs a folder

        assertThatThrownBy(() -> Sandbox.start(options)).hasMessageContaining("SNS");

        assertThat(AWS).noneMatch(service -> Ports.listens(options.port(service)));
    }

    @Test
    void nothingListensBeyondLoopback() throws IOException {
        Optional<InetAddress> outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
                .findFirst();
        Assumptions.assumeTrue(outside.isPresent(), "this machine has a network address");
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.anyPorts())) {
            for (Service service : AWS) {
                int port = sandbox.options().port(service);
                assertThat(Ports.listens(port)).as(service.title()).isTrue();
                assertThat(accepts(outside.get(), port)).as(service.title()).isFalse();
            }
        }
    }

    @Test
    void portsMustBePorts() {
        assertThatThrownBy(() -> SandboxOptions.defaults().withPort(Service.S3, 65536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--s3-port");
    }

    private static boolean accepts(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean write(Path file) {
        try {
            return file.toFile().createNewFile();
        } catch (IOException e) {
            return false;
        }
    }

    private static void put(Sandbox sandbox, String key) {
        sandbox.s3().putObject(r -> r.bucket(sandbox.landing().bucket()).key(key), RequestBody.fromString("hello"));
    }
}
