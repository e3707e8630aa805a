package dev.caravan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.base.HostileTexts;
import dev.caravan.base.Shown;
import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.outcome.BadRow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys, values and a cluster's words are data: no command hands them to the terminal as anything else, and what it prints to be pasted works. */
class HostileKeysTest extends LookTest {
    private static final String WORST =
            "web/it's\u001b]52;c;bWFsd2FyZQ==\u0007 \u009b31m\u202e\n2026-01-01T00:00:00Z  forged'; touch owned; '.csv";
    private static final int OTHERS = 40;

    private final List<FileEntry> files = Stream.concat(
                    Stream.of(WORST),
                    HostileTexts.keys().sampleStream().map(key -> "web/" + key).limit(OTHERS))
            .distinct()
            .map(key -> file("web", key, now))
            .toList();

    @Test
    void everyCommandShowsThemAsText() throws Exception {
        Batch batch = locked(now.minusSeconds(60), files.toArray(FileEntry[]::new));
        Set<FileEntry> aside = new HashSet<>(files.subList(0, 10));
        for (FileEntry file : aside) {
            BadRow cause = new BadRow(file.url(), 2, "id\u001b[1m", WORST, 1207, "Invalid \u009b1m digit\n" + WORST);
            batch = ledger.quarantine(batch, List.of(new QuarantinedFile(file, "redshift", 1, cause)));
        }
        failed(now.minusSeconds(90), "words of a cluster: " + WORST, file("web", "web/other\u0007.csv", now));
        loaded(batch, "redshift", 2);
        end(batch);

        List<String> listed = plain("list", "files", "--feed", "web");
        assertThat(listed).hasSize(1 + files.size() + 1);
        plain("list", "batches");
        plain("list", "feeds");
        plain("status");
        plain("describe", "feed", "web");
        assertThat(plain("describe", "batch", batch.id(), "--files", "100"))
                .filteredOn(line -> line.startsWith("2"))
                .isEmpty();
        for (FileEntry file : files) {
            assertThat(plain("describe", "file", file.url())).contains("Batch        " + batch.id());
        }
        assertThat(json("list", "files", "--feed", "web").findValuesAsText("url"))
                .containsAll(files.stream().map(FileEntry::url).toList());
    }

    @Test
    void whatNobodyKnowsIsToldInOneLine() {
        assertThat(run(1, "describe", "file", url(WORST))).isEmpty();
        assertThat(err).hasLineCount(1).contains("it's\\u001b]52;c;");
        assertThat(Shown.lines(err)).isEqualTo(err);
        run(1, "reload", url(WORST));
        assertThat(err).hasLineCount(1);
        run(2, "reload", "web/\u001b[2J");
        assertThat(err).contains("'web/\\u001b[2J' is no object's URL");
        run(2, "reload", "encoded:s3://landing/100%");
        assertThat(err).contains("write a % itself as %25");
        run(2, "no\u001bsuch");
        assertThat(Shown.lines(err)).isEqualTo(err);
    }

    @Test
    void theCommandThatIsPrintedReloadsTheFile() throws Exception {
        Batch batch = locked(now.minusSeconds(60), files.toArray(FileEntry[]::new));
        batch = refused(batch, files.get(0), "redshift");
        loaded(batch, "redshift", 2);
        end(batch);
        JsonNode next = json("describe", "file", files.get(0).url()).findValue("next");
        String command = next.asText().replaceFirst(".*then: caravan ", "");
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\0' " + command)
                .directory(folder.toFile())
                .start();
        String[] words = new String(shell.getInputStream().readAllBytes(), UTF_8).split("\0");
        assertThat(folder.resolve("owned")).doesNotExist();
        assertThat(words).hasSize(2);
        assertThat(run(0, words))
                .singleElement()
                .asString()
                .contains("which a running instance loads into cluster redshift");
        assertThat(ledger.known(files.get(0).url()).get(0).batch()).isNotEqualTo(batch.id());
    }

    /** The lines of a command that are no more than text. */
    private List<String> plain(String... args) {
        List<String> lines = run(0, args);
        assertThat(lines).allMatch(Shown::isPlain);
        assertThat(err).isEmpty();
        return lines;
    }
}
