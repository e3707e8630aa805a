package dev.caravan.cli.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.cli.CaravanCommand;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.aws.s3.EventDelivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** {@code caravan backfill}, with an instance that loads what it sends. */
class BackfillTest {
    /** More than the ledger is asked for at once, and more than one message has. */
    private static final int OLD = 120;

    private final Landing landing = SharedSandbox.landing();
    private final String tables = "backfill-" + landing.bucket();
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    private final OperatorSetting setting =
            new OperatorSetting(landing, tables).feed("old", properties("in/")).feed("other", properties("in/odd/"));

    @Test
    void whatS3NeverToldOfIsLoadedOnce_andWhatItToldOfIsKnown() throws Exception {
        cluster.run("DROP TABLE IF EXISTS public.backfilled", "CREATE TABLE public.backfilled (id INT)");
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.never());
        IntStream.range(0, OLD).forEach(i -> put("in/a b+ü%20/" + i + ".csv", i));
        put("in/skipped.txt", -1);
        put("in/odd/of another feed.csv", -2);
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.promptly());
        try (setting;
                Pipeline instance = new Pipeline(landing, tables)
                        .feed("old", properties("in/"))
                        .start()) {
            put("in/new.csv", OLD);
            await().until(() -> !instance.ledger().known(url("in/new.csv")).isEmpty());

            CaravanCommand plan = setting.run("backfill", "old", "--plan");
            assertThat(plan.err()).isEmpty();
            assertThat(plan.exitCode()).isZero();
            assertThat(plan.out())
                    .containsExactly(
                            "feed old, s3://" + landing.bucket()
                                    + "/in/: 120 files (370 B) would be added, 1 known already",
                            "3 batches of at most 50 files; sending takes about 1 s at 200 files a second");
            assertThat(instance.ledger().known(url("in/a b+ü%20/7.csv"))).isEmpty();

            assertThat(setting.run("backfill", "old").err())
                    .contains("nothing is changed")
                    .endsWith("--yes goes on without asking, --plan only shows\n");
            assertThat(setting.run("backfill", "old", "--prefix", "in/a b+ü%20/7", "--yes")
                            .out())
                    .last()
                    .asString()
                    .startsWith("11 files sent to " + landing.queueName());
            assertThat(setting.run("backfill", "old", "--yes", "--rate=1000").exitCode())
                    .isZero();
            await().until(() -> cluster.count("public.backfilled") > OLD);
            assertThat(cluster.column("SELECT id FROM public.backfilled ORDER BY id"))
                    .isEqualTo(IntStream.rangeClosed(0, OLD)
                            .mapToObj(Integer::toString)
                            .toList());

            assertThat(setting.run("backfill", "old", "--yes").out())
                    .containsExactly("Nothing to add to feed old: below s3://" + landing.bucket()
                            + "/in/ the ledger knows all 121 files");
        }
    }

    @Test
    void whatIsOlderThanTheLedgersMemoryIsCounted_andSentOnlyIfItIsAskedForByName() throws Exception {
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.never());
        put("in/1.csv", 1);
        new DynamoDbLedger(
                        SharedSandbox.get().dynamoDb(),
                        new LedgerSettings(tables, "test", Duration.ofMinutes(1), Duration.ofDays(1)),
                        Clock.tickMillis(ZoneOffset.UTC))
                .createTables();
        Instant put = Instant.now();
        await().until(() -> Instant.now().isAfter(put.plusSeconds(2)));
        try (setting) {
            setting.with("caravan.ledger.keep", "5000d");
            assertThat(setting.run("backfill", "old", "--yes").err())
                    .startsWith("caravan: caravan.ledger.keep = 5000d: write from 1s to ");
            setting.with("caravan.ledger.keep", "1s");
            assertThat(setting.run("backfill", "old", "--yes").out())
                    .containsExactly(
                            "Nothing to add to feed old: below s3://" + landing.bucket()
                                    + "/in/ is nothing that it wants and the ledger remembers",
                            "1 file more: older than caravan.ledger.keep, so that the ledger may have forgotten that they were"
                                    + " loaded; left out, unless --include-forgotten says otherwise");
            assertThat(setting.run("backfill", "old", "--since", "30d", "--yes", "--output", "json")
                            .out())
                    .contains("  \"files\" : 0,", "  \"forgotten\" : 1,", "  \"sent\" : 0");
            assertThat(setting.run("backfill", "old", "--include-forgotten", "--yes")
                            .out())
                    .anyMatch(line -> line.contains("come a second time if they were loaded before"))
                    .last()
                    .asString()
                    .startsWith("1 file sent to ");
        }
    }

    @Test
    void onlyWhatWasModifiedInThePeriodIsMeant() throws Exception {
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.never());
        put("in/1.csv", 1);
        new DynamoDbLedger(
                        SharedSandbox.get().dynamoDb(),
                        new LedgerSettings(tables, "test", Duration.ofMinutes(1), Duration.ofDays(1)),
                        Clock.tickMillis(ZoneOffset.UTC))
                .createTables();
        try (setting) {
            assertThat(setting.run("backfill", "old", "--plan", "--until", "1h").out())
                    .containsExactly("Nothing to add to feed old: below s3://" + landing.bucket()
                            + "/in/ are no files that it wants");
            assertThat(setting.run("backfill", "old", "--plan", "--since", "1h", "--output", "json")
                            .out())
                    .contains("  \"files\" : 1,", "  \"sent\" : 0");
        }
    }

    @Test
    void whatIsWrongIsOneSentence() throws Exception {
        try (setting) {
            assertThat(setting.run("backfill", "odl").err())
                    .isEqualTo("caravan: there is no feed 'odl': did you mean 'old'?\n");
            assertThat(setting.run("backfill", "old", "--prefix", "out/").err())
                    .isEqualTo(
                            "caravan: feed 'old' gets no object whose key begins with 'out/', only those below its prefix:"
                                    + " write --prefix 'in/…'\n");
            put("in/1.csv", 1);
            assertThat(setting.run("backfill", "old", "--plan").err())
                    .startsWith("caravan: can't ask the ledger, DynamoDB's tables " + tables + "-…")
                    .hasLineCount(1);
            setting.feed("nowhere", "prefix", "no-such-bucket/in/", "table", "public.t");
            assertThat(setting.run("backfill", "nowhere", "--plan").err())
                    .startsWith("caravan: can't ")
                    .contains("no-such-bucket")
                    .contains("S3 says: ")
                    .hasLineCount(1);
        }
    }

    private String[] properties(String prefix) {
        return List.of(
                        "prefix", landing.bucket() + "/" + prefix,
                        "filter", ".*\\.csv",
                        "table", "public.backfilled",
                        "batchSize", "50",
                        "batchTimeout", "1s")
                .toArray(String[]::new);
    }

    private String url(String key) {
        return "s3://" + landing.bucket() + "/" + key;
    }

    private void put(String key, int id) {
        SharedSandbox.get().s3().putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString(id + "\n"));
    }
}
