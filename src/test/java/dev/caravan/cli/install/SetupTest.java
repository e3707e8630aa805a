package dev.caravan.cli.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.cli.CaravanCommand;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.RecordFiles;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.redshift.Quirk;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** {@code caravan setup} in an account where little is there, and {@code caravan check} before and after. */
class SetupTest {
    private final Landing landing = SharedSandbox.landing();
    private final S3Client s3 = SharedSandbox.get().s3();
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    private final String name = landing.bucket().replace("-landing", "");
    private final String bucket = name + "-new";
    private final OperatorSetting setting = new OperatorSetting(landing, "setup-" + name)
            .with("caravan.queue", name + "-events")
            .with("caravan.dead-letter-queue", name + "-dead")
            .with("caravan.loaded-topic", name + "-loaded")
            .with("caravan.failed-topic", name + "-failed")
            .with("caravan.cluster.schema", name + "_ledger")
            .feed(
                    "web",
                    "prefix",
                    bucket + "/in/web/",
                    "table",
                    "public." + name + "_web",
                    "columns",
                    "id, name",
                    "batchSize",
                    "10")
            .feed(
                    "parquet",
                    "prefix",
                    bucket + "/in/parquet/",
                    "table",
                    "public." + name + "_parquet",
                    "format",
                    "PARQUET")
            .feed("all", "prefix", bucket + "/in/", "table", "public." + name + "_all");

    @Test
    void whatIsMissingIsMade_whatIsThereStays_andThenEveryCheckPasses() throws Exception {
        s3.createBucket(r -> r.bucket(bucket));
        QueueConfiguration others = QueueConfiguration.builder()
                .id("others")
                .queueArn("arn:aws:sqs:eu-west-1:000000000000:" + landing.queueName())
                .events(Event.S3_OBJECT_CREATED)
                .filter(f -> f.key(k -> k.filterRules(
                        FilterRule.builder().name("prefix").value("theirs/").build())))
                .build();
        s3.putBucketNotificationConfiguration(
                r -> r.bucket(bucket).notificationConfiguration(c -> c.queueConfigurations(others)));
        try (setting) {
            CaravanCommand before = setting.run("check", "web");
            assertThat(before.exitCode()).isEqualTo(1);
            assertThat(before.out())
                    .contains(
                            "FAIL queue " + name + "-events: no such queue in this region: caravan setup creates it",
                            "FAIL topic " + name
                                    + "-failed: no such topic in this region: caravan setup creates it, or name another",
                            "ok   manifests " + landing.manifestBucket() + "/manifests: can be written")
                    .anyMatch(line -> line.startsWith("FAIL ledger: DynamoDB has no table "));
            assertThat(before.err()).matches("caravan: \\d+ of \\d+ checks fail\n");

            CaravanCommand plan = setting.run("setup", "--plan");
            assertThat(plan.err()).isEmpty();
            List<String> steps = List.of(
                    "+ create DynamoDB tables setup-" + name + "-files, setup-" + name + "-batches, setup-" + name
                            + "-entries",
                    "+ create dead-letter queue " + name + "-dead",
                    "+ create queue " + name + "-events, whose messages go to " + name
                            + "-dead when they were received 5 times",
                    "+ create bucket notification: new objects in s3://" + bucket + "/in/ are sent to queue " + name
                            + "-events",
                    "+ create topic " + name + "-loaded",
                    "= there  manifest bucket " + landing.manifestBucket(),
                    "+ create schema " + name + "_ledger in cluster redshift");
            assertThat(plan.out()).containsSubsequence(steps);
            assertThat(setting.run("setup", "--plan").out()).containsSubsequence(steps);
            assertThat(setting.run("setup").err())
                    .contains("nothing is changed")
                    .contains("--yes");

            CaravanCommand done = setting.run("setup", "--yes");
            assertThat(done.err()).isEmpty();
            assertThat(done.exitCode()).isZero();
            assertThat(setting.run("setup", "--plan").out())
                    .noneMatch(line -> line.startsWith("+") || line.startsWith("!"));
            assertThat(s3.getBucketNotificationConfiguration(r -> r.bucket(bucket))
                            .queueConfigurations())
                    .hasSize(2)
                    .anyMatch(entry -> entry.id().equals("others")
                            && entry.filter().key().filterRules().get(0).value().equals("theirs/"))
                    .anyMatch(entry -> entry.id().equals("caravan-in-"));

            cluster.run("CREATE TABLE public." + name + "_web (id INT, name VARCHAR(20), at TIMESTAMP)");
            s3.putObject(r -> r.bucket(bucket).key("in/web/1.csv"), RequestBody.fromString("1,a\n"));
            CaravanCommand after = setting.run("check", "web");
            assertThat(after.err()).isEmpty();
            assertThat(after.out())
                    .contains(
                            "ok   web: events: the bucket tells " + name + "-events of all that lands in s3://" + bucket
                                    + "/in/web/",
                            "ok   cluster redshift: user: awsuser in database dev",
                            "ok   cluster redshift: isolation: Snapshot Isolation",
                            "ok   web in redshift: table: public." + name + "_web, 3 columns",
                            "ok   web in redshift: COPY: the cluster can read s3://" + bucket
                                    + "/in/web/1.csv (NOLOAD)",
                            "skip web in redshift: disk: this cluster has no stv_partitions that this user may read: look yourself")
                    .noneMatch(line -> line.startsWith("FAIL"));
            assertThat(cluster.count("public." + name + "_web")).isZero();
            assertThat(s3.listObjectsV2(r -> r.bucket(landing.manifestBucket())).contents())
                    .isEmpty();

            cluster.run("CREATE TABLE public." + name + "_parquet (id INT)");
            byte[] parquet = RecordFiles.parquet("required int32 id;", List.of(Map.of("id", 1)));
            s3.putObject(r -> r.bucket(bucket).key("in/parquet/1.parquet"), RequestBody.fromBytes(parquet));
            assertThat(setting.run("check", "parquet").out())
                    .contains("ok   parquet in redshift: COPY: the cluster can read s3://" + bucket
                            + "/in/parquet/1.parquet (rolled back)");
            assertThat(cluster.count("public." + name + "_parquet")).isZero();

            s3.putObject(r -> r.bucket(bucket).key("in/web/2.csv"), RequestBody.fromString("two,b\n"));
            s3.deleteObject(r -> r.bucket(bucket).key("in/web/1.csv"));
            CaravanCommand bad = setting.run("check", "web", "--output", "json");
            assertThat(bad.exitCode()).isEqualTo(1);
            assertThat(OperatorSetting.text(bad.out()))
                    .contains("\"verdict\" : \"fail\",\n  \"about\" : \"web in redshift: COPY\"");
            assertThat(setting.run("check").out())
                    .contains("FAIL all in redshift: table: no such table public." + name
                            + "_all: create it, or name another in the feed's table");
        }
    }

    /** An event reaches the queue for every prefix, whatever characters it has. */
    @Test
    void prefixesWithSpecialCharactersAreToldOf() throws Exception {
        s3.createBucket(r -> r.bucket(bucket));
        Map<String, String> prefixes =
                Map.of("hive", "in/dt=", "spaced", "two words/", "foreign", "ü/日本/", "odd", "a+b%25 (1)/");
        OperatorSetting special = new OperatorSetting(landing, "setup-" + name)
                .with("caravan.queue", name + "-events")
                .with("caravan.dead-letter-queue", name + "-dead")
                .with("caravan.cluster.schema", name + "_ledger");
        prefixes.forEach((feed, prefix) -> special.feed(
                feed, "prefix", "\"" + bucket + "/" + prefix + "\"", "table", "public." + name, "batchSize", "10"));
        try (special) {
            assertThat(special.run("setup", "--yes").err()).isEmpty();
            assertThat(special.run("setup", "--plan").out()).noneMatch(line -> line.contains("+ create bucket"));
            await().until(() -> created(name + "-events") < 0); // S3's test events
            prefixes.forEach((feed, prefix) -> {
                s3.putObject(r -> r.bucket(bucket).key(prefix + "x"), RequestBody.fromString("1"));
                assertThat(created(name + "-events")).as(prefix).isEqualTo(1);
                assertThat(special.run("check", feed).out())
                        .anyMatch(line -> line.startsWith("ok   " + feed + ": events: the bucket tells "));
            });
        }
    }

    /** As versions before did: S3 took the plain filter, and told of nothing. */
    @Test
    void anEntryThatWasNotEncodedIsMended_andANarrowerOneReplaced_whileOthersStay() throws Exception {
        s3.createBucket(r -> r.bucket(bucket));
        OperatorSetting hive = new OperatorSetting(landing, "setup-" + name)
                .with("caravan.queue", name + "-events")
                .with("caravan.dead-letter-queue", name + "-dead")
                .with("caravan.cluster.schema", name + "_ledger")
                .feed("hive", "prefix", bucket + "/in/dt=", "table", "public." + name)
                .feed("wide", "prefix", bucket + "/wide/", "table", "public." + name);
        try (hive) {
            hive.run("setup", "--yes");
            String arn = "arn:aws:sqs:eu-west-1:000000000000:" + name + "-events";
            String others = "arn:aws:lambda:eu-west-1:000000000000:function:theirs";
            TopicConfiguration topic = TopicConfiguration.builder()
                    .id("topic")
                    .topicArn(landing.loadedTopicArn())
                    .events(Event.S3_OBJECT_CREATED)
                    .filter(f -> f.key(k -> k.filterRules(filter("prefix", "topic%3D"))))
                    .build();
            LambdaFunctionConfiguration lambda = LambdaFunctionConfiguration.builder()
                    .id("lambda")
                    .lambdaFunctionArn(others)
                    .events(Event.S3_OBJECT_CREATED)
                    .filter(f -> f.key(k -> k.filterRules(filter("suffix", ".jpg"), filter("prefix", "pictures/"))))
                    .build();
            s3.putBucketNotificationConfiguration(r -> r.bucket(bucket)
                    .notificationConfiguration(c -> c.queueConfigurations(
                                    entry("caravan-in-dt-", arn, "in/dt="), entry("caravan-w", arn, "wide/a/"))
                            .topicConfigurations(topic)
                            .lambdaFunctionConfigurations(lambda)));
            assertThat(hive.run("check", "hive").out())
                    .contains("FAIL hive: events: entry 'caravan-in-dt-' of the bucket's notification tells " + name
                            + "-events of nothing: S3 wants special characters percent-encoded, and its filter says"
                            + " 'in/dt='. caravan setup mends it if setup made it");
            CaravanCommand mended = hive.run("setup", "--yes");
            assertThat(mended.err()).isEmpty();
            assertThat(mended.out())
                    .anyMatch(line -> line.startsWith("done    bucket notification")
                            && line.endsWith("in the place of 1 entry that setup made before"));
            var now = s3.getBucketNotificationConfiguration(r -> r.bucket(bucket));
            assertThat(now.queueConfigurations())
                    .extracting(
                            entry -> entry.filter().key().filterRules().get(0).value())
                    .containsExactlyInAnyOrder("in/dt%3D", "wide/");
            assertThat(now.topicConfigurations())
                    .extracting(
                            entry -> entry.filter().key().filterRules().get(0).value())
                    .containsExactly("topic%3D");
            assertThat(now.lambdaFunctionConfigurations())
                    .extracting(entry -> entry.lambdaFunctionArn())
                    .containsExactly(others);
        }
    }

    private static FilterRule filter(String name, String value) {
        return FilterRule.builder().name(name).value(value).build();
    }

    private static QueueConfiguration entry(String id, String arn, String prefix) {
        return QueueConfiguration.builder()
                .id(id)
                .queueArn(arn)
                .events(Event.S3_OBJECT_CREATED)
                .filter(f -> f.key(k -> k.filterRules(
                        FilterRule.builder().name("prefix").value(prefix).build())))
                .build();
    }

    /** How many of ten messages are of created objects; they are taken out. Less than 0 if there is no message. */
    private static long created(String queue) {
        SqsClient sqs = SharedSandbox.get().sqs();
        String url = sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
        List<Message> messages =
                sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages();
        messages.forEach(message -> sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle())));
        return messages.isEmpty()
                ? -1
                : messages.stream()
                        .filter(message -> message.body().contains("ObjectCreated"))
                        .count();
    }

    @Test
    void namesInQuotesMeanWhatTheClusterTakesThemFor() throws Exception {
        cluster.run(
                "CREATE TABLE public." + name + "_mixed (id INT, name VARCHAR(20))",
                "CREATE SCHEMA " + name + "_ledger_mixed");
        OperatorSetting mixed = new OperatorSetting(landing, "mixed-" + name)
                .with("caravan.cluster.schema", name + "_Ledger_Mixed")
                .feed(
                        "mixed",
                        "prefix",
                        landing.bucket() + "/in/mixed/",
                        "table",
                        "'\"Public\".\"" + name + "_Mixed\"'",
                        "columns",
                        "'\"ID\", name'");
        try (mixed) {
            CaravanCommand folded = mixed.run("check", "mixed");
            assertThat(folded.out())
                    .as(folded.err())
                    .anyMatch(
                            line -> line.startsWith("ok   mixed in redshift: table: ") && line.endsWith(", 2 columns"))
                    .anyMatch(line -> line.startsWith("ok   mixed in redshift: permission: "))
                    .anyMatch(line -> line.startsWith("ok   cluster redshift: schema: ")
                            && line.endsWith(" is there, and this user may create tables in it"));
            SharedSandbox.get().redshift().quirks().add(Quirk.CASE_SENSITIVE);
            assertThat(mixed.run("check", "mixed").out())
                    .anyMatch(line -> line.startsWith("FAIL mixed in redshift: table: no such table"));
        } finally {
            SharedSandbox.get().redshift().quirks().clear();
        }
    }

    @Test
    void aBucketOfAnotherAccountIsNamed_withWhatItWants() throws Exception {
        String foreign = name + "-of-111122223333";
        s3.createBucket(r -> r.bucket(foreign));
        OperatorSetting theirs = new OperatorSetting(landing, "setup-" + name)
                .with("caravan.cluster.schema", name + "_ledger")
                .feed("theirs", "prefix", foreign + "/in/", "table", "public." + name);
        try (theirs) {
            assertThat(theirs.run("setup", "--plan").out())
                    .anyMatch(line -> line.startsWith("! can't  let S3 send events of bucket " + foreign + " to queue "
                                    + landing.queueName() + ": the bucket is another account's.")
                            && line.contains("aws:SourceAccount"));
        }
    }

    @Test
    void anOverlappingNotificationOfOthersIsNotTouched() throws Exception {
        s3.createBucket(r -> r.bucket(bucket));
        QueueConfiguration others = QueueConfiguration.builder()
                .id("others")
                .queueArn("arn:aws:sqs:eu-west-1:000000000000:" + landing.queueName())
                .events(Event.S3_OBJECT_CREATED)
                .build();
        s3.putBucketNotificationConfiguration(
                r -> r.bucket(bucket).notificationConfiguration(c -> c.queueConfigurations(others)));
        try (setting) {
            CaravanCommand plan = setting.run("setup", "--plan");
            assertThat(plan.exitCode()).isEqualTo(1);
            assertThat(plan.out())
                    .anyMatch(line ->
                            line.startsWith("! can't  have new objects in s3://" + bucket + "/in/ told to queue " + name
                                    + "-events: entry 'others' of the bucket's notification tells "));
            assertThat(plan.err()).startsWith("caravan: 1 of ");
        }
    }
}
