package dev.caravan.operate.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.caravan.batch.BatchStatus;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.BatchSteering;
import dev.caravan.ledger.Deletion;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbBatchSteering;
import dev.caravan.ledger.read.FileLookup;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.operate.backfill.FeedListing;
import dev.caravan.operate.reconcile.Difference.Kind;
import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.routes.Pipeline;
import dev.caravan.s3.listing.S3Listing;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.aws.s3.EventDelivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** A feed's files in S3, in the ledger and in a cluster, before and after each of them is tampered with. */
class ReconciliationTest {
    private final Sandbox sandbox = SharedSandbox.get();
    private final Landing landing = SharedSandbox.landing();
    private final String tables = "reconcile-" + landing.bucket();
    private final LedgerSettings settings =
            new LedgerSettings(tables, "test", Duration.ofMinutes(1), Duration.ofDays(1));
    private final ClusterSql cluster = new ClusterSql(sandbox.environment());

    @Test
    void whatDiffersIsFound_andNothingElse() throws Exception {
        cluster.run("DROP TABLE IF EXISTS public.reconciled", "CREATE TABLE public.reconciled (id INT)");
        try (Pipeline instance = new Pipeline(landing, tables)
                .feed("rec", "prefix", landing.bucket() + "/in/", "table", "public.reconciled", "batchSize", "1")
                .start()) {
            put("in/good.csv", "1\n");
            await().until(() -> isComplete(instance.ledger(), "in/good.csv"));
            assertThat(differences(instance, Instant.now())).isEmpty();
            assertThat(differences(instance, later())).isEmpty();

            put("in/bad.csv", "one\n");
            await().until(() -> isComplete(instance.ledger(), "in/bad.csv"));
            sandbox.deliverEvents(landing.bucket(), EventDelivery.never());
            put("in/lost.csv", "2\n");
            String bad = batch(instance.ledger(), "in/bad.csv");
            String good = batch(instance.ledger(), "in/good.csv");
            cluster.run(
                    "UPDATE caravan.\"public.reconciled\" SET batch = 'rec-20991121T000000000unknown1' WHERE batch = '"
                            + good + "'");

            assertThat(differences(instance, Instant.now()))
                    .extracting(Difference::kind)
                    .doesNotContain(Kind.UNKNOWN);
            List<Difference> found = differences(instance, later());
            assertThat(found)
                    .extracting(Difference::kind, Difference::what)
                    .containsExactlyInAnyOrder(
                            tuple(Kind.UNKNOWN, url("in/lost.csv")),
                            tuple(Kind.QUARANTINED, url("in/bad.csv")),
                            tuple(Kind.FAILED, bad),
                            tuple(Kind.MISSING, good),
                            tuple(Kind.UNEXPECTED, "rec-20991121T000000000unknown1"));
            assertThat(found)
                    .extracting(Difference::note)
                    .anyMatch(note -> note.contains("caravan backfill rec adds it"));
            assertThat(differences(instance, Duration.ofDays(1), later()))
                    .as("what the ledger may have forgotten is not unknown")
                    .extracting(Difference::kind)
                    .doesNotContain(Kind.UNKNOWN);

            BatchSteering steering = new DynamoDbBatchSteering(sandbox.dynamoDb(), settings, Clock.systemUTC());
            cluster.run("UPDATE caravan.\"public.reconciled\" SET batch = '" + good
                    + "' WHERE batch = 'rec-20991121T000000000unknown1'");
            for (String deleted : List.of(good, bad)) {
                steering.delete(instance.ledger().find(deleted).orElseThrow());
            }
            assertThat(differences(instance, later()))
                    .as("what a person has deleted on purpose")
                    .extracting(Difference::kind)
                    .containsExactly(Kind.UNKNOWN);
            assertThat(new LedgerReader(sandbox.dynamoDb(), settings).deleted("rec", Instant.EPOCH))
                    .extracting(Deletion::batch, Deletion::by, Deletion::files)
                    .containsExactlyInAnyOrder(tuple(good, "test", 1L), tuple(bad, "test", 1L));
        }
    }

    /** When what landed just now has had its ten minutes. */
    private static Instant later() {
        return Instant.now().plus(Duration.ofMinutes(11));
    }

    private List<Difference> differences(Pipeline instance, Instant now) {
        return differences(instance, Duration.ofDays(365), now);
    }

    /** The same whether batches are compared all at once or one after the other. */
    private List<Difference> differences(Pipeline instance, Duration keep, Instant now) {
        List<Difference> all = differences(instance, keep, now, 1_000);
        assertThat(differences(instance, keep, now, 1)).containsExactlyInAnyOrderElementsOf(all);
        return all;
    }

    private List<Difference> differences(Pipeline instance, Duration keep, Instant now, int slice) {
        Feeds feeds = bean(instance, "feeds", Feeds.class);
        DataSource source = bean(instance, "redshift", DataSource.class);
        LedgerReader reader = new LedgerReader(sandbox.dynamoDb(), settings);
        List<Difference> found = new ArrayList<>();
        new Reconciliation(
                        new FeedListing(
                                new S3Listing(sandbox.s3()), new FileLookup(sandbox.dynamoDb(), settings), feeds),
                        new BatchComparison(
                                reader,
                                new ClusterRows(new CopyStatement("caravan"), name -> Optional.of(source), 1),
                                slice),
                        feeds.named("rec").orElseThrow(),
                        now.minus(Duration.ofHours(12)),
                        keep,
                        now)
                .run(found::add, seen -> assertThat(seen).isPositive());
        return found;
    }

    private static <T> T bean(Pipeline instance, String name, Class<T> type) {
        return instance.context().getRegistry().lookupByNameAndType(name, type);
    }

    private boolean isComplete(Ledger ledger, String key) {
        return !ledger.known(url(key)).isEmpty()
                && Set.of(BatchStatus.COMPLETE, BatchStatus.ERROR)
                        .contains(ledger.find(batch(ledger, key)).orElseThrow().status());
    }

    private String batch(Ledger ledger, String key) {
        return ledger.known(url(key)).get(0).batch();
    }

    private String url(String key) {
        return "s3://" + landing.bucket() + "/" + key;
    }

    private void put(String key, String content) {
        sandbox.s3().putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString(content));
    }
}
