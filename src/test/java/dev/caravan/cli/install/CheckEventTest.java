package dev.caravan.cli.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.cli.CaravanCommand;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.ledger.notes.EventTests;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** {@code caravan check FEED --send-test-event}: the way of an event is proven, and nothing is loaded. */
class CheckEventTest {
    private final Landing landing = SharedSandbox.landing();
    private final S3Client s3 = SharedSandbox.get().s3();
    private final SqsClient sqs = SharedSandbox.get().sqs();
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    private final String name = landing.bucket().replace("-landing", "");
    private final String prefix = "in/dt=a b/";
    private final OperatorSetting setting = new OperatorSetting(landing, "event-" + name)
            .feed("web", "prefix", "\"" + landing.bucket() + "/" + prefix + "\"", "table", "public." + name);

    @AfterEach
    void close() throws Exception {
        setting.close();
    }

    @Test
    void aRunningInstanceReceivesIt_andLoadsNothing_butWhatOnlyLooksLikeIt() {
        cluster.run("CREATE TABLE public." + name + " (id INT)");
        s3.putBucketVersioning(
                r -> r.bucket(landing.bucket()).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
        try (Pipeline pipeline = new Pipeline(landing, "event-" + name)
                .feed("web", "prefix", landing.bucket() + "/" + prefix, "table", "public." + name, "batchSize", "1")
                .start()) {
            assertThat(pipeline.context().isStarted()).isTrue();
            CaravanCommand checked = setting.run("check", "web", "--send-test-event", "--yes");
            assertThat(checked.out())
                    .anyMatch(line -> line.matches("ok   web: test event: instance \\S+ received the event of s3://"
                            + landing.bucket()
                            + "/in/dt=a b/caravan-check-\\S+ after .*; the object is deleted, nothing"
                            + " was loaded"));
            assertThat(s3.listObjectVersions(r -> r.bucket(landing.bucket())).versions())
                    .isEmpty();
            assertThat(s3.listObjectVersions(r -> r.bucket(landing.bucket())).deleteMarkers())
                    .isEmpty();

            String lookalike = EventTests.key(prefix, ".csv");
            s3.putObject(r -> r.bucket(landing.bucket()).key(lookalike), RequestBody.fromString("7\n"));
            await().until(() -> cluster.count("public." + name) == 1);
            assertThat(setting.run("list", "batches", "--feed", "web").out()).hasSize(2);
        }
    }

    @Test
    void withoutAnInstanceItIsFoundInTheQueue_whereOthersStay() {
        setting.run("setup", "--yes");
        String others = sqs.sendMessage(r -> r.queueUrl(landing.queueUrl()).messageBody("theirs"))
                .messageId();
        CaravanCommand checked = setting.run("check", "web", "--send-test-event", "--yes", "--wait", "1s");
        assertThat(checked.out())
                .anyMatch(line -> line.startsWith("ok   web: test event: the event of s3://" + landing.bucket() + "/")
                        && line.contains("is in queue " + landing.queueName() + ", and no instance has received it"));
        assertThat(s3.listObjectsV2(r -> r.bucket(landing.bucket())).contents()).isEmpty();
        await().until(() ->
                received().stream().anyMatch(message -> message.messageId().equals(others)));
    }

    @Test
    void anEventThatDoesNotComeFailsTheCheck_andTheObjectIsGone() {
        setting.run("setup", "--yes");
        s3.putBucketNotificationConfiguration(r -> r.bucket(landing.bucket()).notificationConfiguration(c -> {}));
        CaravanCommand checked = setting.run("check", "web", "--send-test-event", "--yes", "--wait", "1s");
        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.out()).anyMatch(line -> line.startsWith("FAIL web: test event: no event of s3://"));
        assertThat(s3.listObjectsV2(r -> r.bucket(landing.bucket())).contents()).isEmpty();
    }

    @Test
    void itAsksFirst_andWantsOneFeed() {
        CaravanCommand unasked = setting.run("check", "web", "--send-test-event");
        assertThat(unasked.err())
                .contains("Write an empty object into s3://" + landing.bucket() + "/" + prefix, "--yes");
        assertThat(unasked.out()).isEmpty();
        assertThat(setting.run("check", "--send-test-event", "--yes").err()).contains("wants the name of one feed");
        assertThat(s3.listObjectsV2(r -> r.bucket(landing.bucket())).contents()).isEmpty();
    }

    private List<Message> received() {
        return sqs.receiveMessage(r ->
                        r.queueUrl(landing.queueUrl()).maxNumberOfMessages(10).visibilityTimeout(0))
                .messages();
    }
}
