package dev.caravan.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.cli.LookTest;
import dev.caravan.ledger.Ledger.KnownFile;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code caravan list files}. */
class ListFilesTest extends LookTest {
    private final FileEntry bad = file("web", "web/bad.csv", now);
    private Batch refused;

    @BeforeEach
    void filesInEveryState() throws Exception {
        complete(now.minus(Duration.ofDays(30)), file("web", "web/old.csv", now));
        refused = refused(locked(now.minusSeconds(500), file("web", "web/good.csv", now), bad), bad, "redshift");
        loaded(refused, "redshift", 2);
        end(refused);
        failed(now.minusSeconds(400), "no such table", file("shop", "shop/failed.csv", now));
        locked(now.minusSeconds(300), file("web", "web/loading.csv", now));
        ledger.hold(locked(now.minusSeconds(200), file("shop", "shop/held.csv", now)), "east", "resizing");
        open(now.minusSeconds(100), file("web", "web/open1.csv", now), file("web", "web/open2.csv", now));
    }

    @Test
    void filesOfAllFeedsAreShownWithTheirState_newestFirst() {
        assertThat(shown())
                .containsExactly(
                        "waiting web/open2.csv",
                        "waiting web/open1.csv",
                        "waiting shop/held.csv",
                        "loading web/loading.csv",
                        "failed shop/failed.csv",
                        "quarantined web/bad.csv",
                        "loaded web/good.csv");
        List<String> lines = run(0, "list", "files", "--limit", "1");
        assertThat(lines.get(0).split(" {2,}")).containsExactlyElementsOf(FileSummary.COLUMNS);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).endsWith("  " + url("web/open2.csv"));
    }

    @Test
    void whatIsAskedForIsWhatIsShown() {
        assertThat(shown("--state", "quarantined")).containsExactly("quarantined web/bad.csv");
        assertThat(shown("--state", "failed")).containsExactly("failed shop/failed.csv");
        assertThat(shown("--feed", "shop")).hasSize(2);
        assertThat(shown("--prefix", url("web/open"), "--limit", "1")).containsExactly("waiting web/open2.csv");
        assertThat(shown("--since", "350s", "--until", "150s"))
                .containsExactly("waiting shop/held.csv", "loading web/loading.csv");
        assertThat(shown("--until", "10d", "--since", "40d")).containsExactly("loaded web/old.csv");
        assertThat(shown("--prefix", "s3://elsewhere")).isEmpty();
        assertThat(run(0, "list", "files", "--prefix", "s3://elsewhere"))
                .singleElement()
                .asString()
                .startsWith("No file fits in batches since ");
    }

    @Test
    void onlyTheFeedsThatAPrefixIsAboutAreAsked_andOnlyAsFarBackAsNeeded() {
        long ofShop = calls("list", "files", "--prefix", url("shop/"));
        assertThat(calls("list", "files")).isGreaterThan(ofShop);
        assertThat(calls("list", "files", "--limit", "1")).isLessThan(calls("list", "files"));
    }

    @Test
    void aFileThatWasReloadedIsShownOnce_withItsPresentBatch() throws Exception {
        KnownFile known = ledger.known(bad.url()).get(0);
        Batch own = ledger.reload(known, List.of("redshift"));
        JsonNode files = json("list", "files", "--prefix", bad.url());
        assertThat(files).hasSize(1);
        assertThat(files.get(0).path("batch").asText()).isEqualTo(own.id());
        assertThat(files.get(0).path("state").asText()).isEqualTo("waiting");
        assertThat(shown("--state", "quarantined")).isEmpty();
    }

    @Test
    void whatCantBeUnderstoodIsSaid() {
        run(2, "list", "files", "--state", "lodaed");
        assertThat(err)
                .isEqualTo("caravan: Invalid value for option '--state': 'lodaed' is no state: did you mean 'loaded'?"
                        + " caravan list files --help says more\n");
        run(2, "list", "files", "--prefix", "web/");
        assertThat(err).contains("'web/' is not what an object's URL begins with: write s3://bucket/prefix");
        run(1, "list", "files", "--feed", "shpo");
        assertThat(err).isEqualTo("caravan: there is no feed 'shpo': did you mean 'shop'?\n");
    }

    /** State and key of each file. */
    private List<String> shown(String... options) {
        String[] args =
                Stream.concat(Stream.of("list", "files"), Stream.of(options)).toArray(String[]::new);
        return StreamSupport.stream(json(args).spliterator(), false)
                .map(file -> file.path("state").asText() + " "
                        + file.path("url").asText().substring(url("").length()))
                .toList();
    }
}
