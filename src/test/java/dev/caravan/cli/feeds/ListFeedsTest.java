package dev.caravan.cli.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.cli.LookTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code caravan list feeds} and {@code caravan describe feed}. */
class ListFeedsTest extends LookTest {

    @Test
    void aFeedShowsWhatIsNotLoaded_andWhatWas() throws Exception {
        pauses.pause("web", "the table is being changed");
        open(now.minusSeconds(60), file("web", "web/1.csv", now), file("web", "web/2.csv", now));
        FileEntry bad = file("web", "web/bad.csv", now);
        Batch refused = refused(locked(now.minusSeconds(400), bad, file("web", "web/3.csv", now)), bad, "redshift");
        loaded(refused, "redshift", 2);
        end(refused);
        Batch waiting = locked(now.minusSeconds(300), file("web", "web/4.csv", now));
        ledger.hold(waiting, "redshift", "resizing");
        locked(now.minusSeconds(200), file("web", "web/5.csv", now));
        failed(now.minusSeconds(500), "no such table", file("web", "web/6.csv", now));

        List<String> lines = run(0, "list", "feeds");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).split(" {2,}")).containsExactlyElementsOf(FeedSummary.COLUMNS);
        assertThat(lines.get(1).split(" +"))
                .startsWith("shop", "public.shop", "east,", "west", "-", "-", "-", "-", "0", "0", "0", "0");
        assertThat(lines.get(2))
                .matches(
                        "web +public.web_log +redshift +2 files, 20 B +in \\d+ s +5 min( \\d+ s)? +\\d+ s ago +1 +1 +1 +1"
                                + " +paused since \\S+: the table is being changed");

        JsonNode web = json("list", "feeds").get(1);
        assertThat(web.path("open").path("files").asInt()).isEqualTo(2);
        assertThat(web.path("oldest").asText()).isEqualTo(waiting.first().toString());
        assertThat(web.path("lagSeconds").asLong()).isBetween(300L, 400L);
        assertThat(web.path("locked").asInt()).isEqualTo(1);
        assertThat(web.path("held").asInt()).isEqualTo(1);
        assertThat(web.path("errors").asInt()).isEqualTo(1);
        assertThat(web.path("badFiles").asInt()).isEqualTo(1);
        assertThat(web.path("paused").path("reason").asText()).isEqualTo("the table is being changed");
    }

    @Test
    void aFeedThatIsNoLongerConfiguredIsShownAsLongAsTheLedgerHasBatchesOfIt() throws Exception {
        assertThat(run(0, "list", "feeds")).hasSize(3);
        complete(now.minusSeconds(100), file("gone", "gone/1.csv", now));
        for (int i = 0; i < 3; i++) {
            complete(now.minusSeconds(90 - i), file("former", "former/" + i + ".csv", now));
        }
        holds.holdCluster("west", "resizing", "batch");
        assertThat(run(0, "list", "feeds")).hasSize(5).noneMatch(line -> line.startsWith("#"));
        assertThat(run(0, "list", "feeds").get(1)).startsWith("former  -").endsWith("not configured any more");
        assertThat(run(0, "list", "feeds").get(2)).startsWith("gone    -").contains(" ago ");
        open(now.minusSeconds(60), file("gone", "gone/2.csv", now));
        assertThat(run(0, "list", "feeds").get(2)).startsWith("gone    -").endsWith("not configured any more");
        assertThat(json("list", "feeds").get(1).path("configured").asBoolean()).isFalse();
        assertThat(run(0, "describe", "feed", "gone").get(0)).isEqualTo("Feed         gone (not configured any more)");
        assertThat(json("describe", "feed", "gone").path("configuration")).isEmpty();
    }

    @Test
    void anOldLastLoadIsFoundBehindAllThatWaits() throws Exception {
        complete(now.minus(Duration.ofHours(5)), file("web", "web/0.csv", now));
        for (int i = 1; i <= FeedSummary.LOOKED_AT + 1; i++) {
            ledger.hold(
                    locked(now.minusSeconds(1000L - i), file("web", "web/" + i + ".csv", now)), "redshift", "resizing");
        }
        JsonNode web = json("list", "feeds").get(1);
        assertThat(web.path("lastLoad").asText()).isNotEmpty();
        assertThat(web.path("held").asInt()).isEqualTo(FeedSummary.LOOKED_AT + 1);
    }

    @Test
    void dynamoDbIsCalledAFewTimesForEachFeed_howeverManyBatchesThereAre() throws Exception {
        complete(now.minusSeconds(2000), file("web", "web/first.csv", now));
        long before = calls("list", "feeds");
        long status = calls("status");
        for (int i = 0; i < 110; i++) {
            complete(now.minusSeconds(1000L - i), file("web", "web/" + i + ".csv", now));
        }
        assertThat(calls("list", "feeds")).isEqualTo(before).isLessThanOrEqualTo(5 + 3 * 2);
        assertThat(calls("status")).isEqualTo(status).isLessThanOrEqualTo(8);
    }

    @Test
    void aFeedIsDescribedWithItsConfiguration_itsBatches_andItsLastError() throws Exception {
        Batch open = open(now.minusSeconds(60), file("web", "web/1.csv", now));
        Batch loaded = complete(now.minusSeconds(100), file("web", "web/2.csv", now));
        Batch failed = failed(now.minusSeconds(200), "no such table", file("web", "web/3.csv", now));
        List<String> lines = run(0, "describe", "feed", "web");
        assertThat(lines)
                .contains("Feed         web", "Not loaded   0 locked, 0 held, 1 in error")
                .contains("CONFIGURATION", "OPEN", "LAST BATCHES", "IN ERROR")
                .anyMatch(line -> line.matches("Last error +\\S+, .* ago: redshift: no such table"))
                .anyMatch(line -> line.matches("  batchTimeout +2m +feed"))
                .anyMatch(line -> line.matches("  clusters +redshift +caravan.clusters"))
                .anyMatch(line -> line.matches("  batchSize +100 +default"))
                .noneMatch("FAULTS"::equals);
        assertThat(lines.subList(lines.indexOf("OPEN"), lines.size()))
                .anyMatch(line -> line.startsWith("  " + open.id()))
                .anyMatch(line -> line.startsWith("  " + loaded.id()))
                .anyMatch(line -> line.startsWith("  " + failed.id()) && line.endsWith("redshift: no such table"));
        JsonNode web = json("describe", "feed", "web");
        assertThat(web.path("lastError").path("batch").asText()).isEqualTo(failed.id());
        assertThat(web.path("failedBatches")).hasSize(1);
        assertThat(web.path("lastBatches")).hasSize(2);
    }

    @Test
    void aWrongNameSuggestsTheNearest() {
        run(1, "describe", "feed", "wbe");
        assertThat(err).isEqualTo("caravan: there is no feed 'wbe': did you mean 'web'?\n");
        run(1, "describe", "feed", "nothing-like-it");
        assertThat(err).isEqualTo("caravan: there is no feed 'nothing-like-it': there are shop, web\n");
    }
}
