package dev.caravan.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.cli.LookTest;
import dev.caravan.sandbox.SharedSandbox;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** {@code caravan describe file}. */
class DescribeFileTest extends LookTest {
    private final FileEntry file = file("web", "web/a.csv", now);

    @Test
    void aLoadedFileNeedsNothing() throws Exception {
        Batch batch = complete(now.minusSeconds(60), file);
        List<String> lines = run(0, "describe", "file", file.url());
        assertThat(lines)
                .containsExactly(
                        file.url(),
                        "",
                        "Feed         web",
                        "Version      v1",
                        "Created      " + now + ", 10 B",
                        "Batch        " + batch.id(),
                        "State        loaded",
                        "             redshift: loaded at " + now + ", with all 5 rows of its batch");
        JsonNode cluster = version(0).path("clusters").get(0);
        assertThat(cluster.path("rows").asInt()).isEqualTo(5);
    }

    @Test
    void aQuarantinedFileSaysLineColumnValueAndReason_andWhatToDo() throws Exception {
        Batch batch = refused(locked(now.minusSeconds(60), file), file, "redshift");
        assertThat(next(0))
                .isEqualTo("when its batch has ended: mend the file and upload it again; or mend the table, then:"
                        + " caravan reload '" + file.url() + "'");
        loaded(batch, "redshift", 2);
        end(batch);
        assertThat(run(0, "describe", "file", file.url()))
                .contains(
                        "State        quarantined",
                        "             redshift: quarantined at " + now
                                + ", line 2 column id: Invalid digit (value 'three')");
        assertThat(next(0)).startsWith("mend the file and upload it again; or mend the table, then: caravan reload");

        FileEntry newer = new FileEntry("web", file.url(), "v2", 10, now.plusSeconds(1));
        complete(now, newer);
        assertThat(version(0).path("version").asText()).isEqualTo("v2");
        assertThat(version(1).path("version").asText()).isEqualTo("v1");
        assertThat(next(0)).isEmpty();
        assertThat(next(1)).startsWith("nothing: the object was overwritten since");
    }

    @Test
    void aFileInAFailedBatchSaysWhy_andHowToReprocessIt() throws Exception {
        Batch batch = failed(now.minusSeconds(60), "no such table", file);
        assertThat(run(0, "describe", "file", file.url()))
                .contains(
                        "State        failed",
                        "             redshift: failed at " + now + ": no such table",
                        "Next         mend what is wrong, then: caravan reprocess batch " + batch.id());
    }

    @Test
    void aFileOfTwoClustersIsToldForEach() throws Exception {
        FileEntry ofShop = file("shop", "shop/a.csv", now);
        Batch batch = locked(now.minusSeconds(60), ofShop);
        loaded(batch, "east", 1);
        ledger.hold(batch, "west", "resizing");
        holds.holdCluster("west", "resizing", batch.id());
        JsonNode version =
                json("describe", "file", ofShop.url()).path("versions").get(0);
        assertThat(version.path("state").asText()).isEqualTo("waiting");
        assertThat(version.findValuesAsText("status")).containsExactly("loaded", "waiting");
        assertThat(version.path("clusters").get(1).path("reason").asText()).contains("resizing");
        assertThat(version.path("next").asText()).startsWith("nothing: it is loaded by itself");
        Batch open = open(now, file);
        assertThat(next(0)).isEqualTo("nothing: it is loaded at " + open.due() + " at the latest");
        pauses.pause("web", "");
        assertThat(next(0)).isEqualTo("nothing of its feed is loaded before: caravan resume feed web");
    }

    @Test
    void whatTheLedgerDoesntKnow_isExplained() {
        unknown("web/new.csv", "feed web wants it; S3 has no such object either");
        unknown("web/new.txt", "feed web has its prefix, but its filter .*\\.csv doesn't let its name pass; S3 has");
        unknown("wbe/new.csv", "no feed's prefix fits it (caravan list feeds names the feeds); S3 has no such object");
        put("web/there.csv");
        unknown(
                "web/there.csv",
                "feed web wants it; it is in S3 (3 B, since 20",
                "), but its event never came, or is still in the queue or the dead-letter queue (caravan status):"
                        + " caravan backfill web adds it");
        put("other/there.csv");
        unknown("other/there.csv", "it is in S3 (3 B, since 20", "): add a feed, or change one, in routes/");
        SharedSandbox.get().awsFaults().add("s3 denied match=HeadObject forever");
        unknown("web/there.csv", "S3 denies s3:GetObject on " + url("web/there.csv"));
        run(2, "describe", "file", "web/a.csv");
        assertThat(err).contains("'web/a.csv' is no object's URL: write s3://bucket/key");
    }

    private void unknown(String key, String... words) {
        assertThat(run(1, "describe", "file", url(key))).isEmpty();
        assertThat(err)
                .startsWith("caravan: the ledger doesn't know " + url(key) + ": ")
                .contains(words);
        assertThat(err).hasLineCount(1);
    }

    private void put(String key) {
        SharedSandbox.get().s3().putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString("1,a"));
    }

    private JsonNode version(int index) {
        return json("describe", "file", file.url()).path("versions").get(index);
    }

    private String next(int index) {
        return version(index).path("next").asText();
    }
}
