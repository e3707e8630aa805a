package dev.caravan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bash itself completes what is typed, with the script of {@code caravan completion}. */
class CompletionTest {
    @TempDir
    Path folder;

    @Test
    void commandsAreCompleted() throws Exception {
        assertThat(completed("caravan", "")).contains("status", "list", "describe", "redrive", "completion");
        assertThat(completed("caravan", "sta")).containsExactly("status");
        assertThat(completed("caravan", "list", "f")).containsExactlyInAnyOrder("feeds", "files");
    }

    @Test
    void optionsAndTheirValuesAreCompleted() throws Exception {
        assertThat(completed("caravan", "list", "files", "--s")).containsExactlyInAnyOrder("--state", "--since");
        assertThat(completed("caravan", "list", "files", "--state", "l"))
                .containsExactlyInAnyOrder("loading", "loaded");
        assertThat(completed("caravan", "list", "batches", "--status", "e")).containsExactly("error");
        assertThat(completed("caravan", "status", "--output", "")).containsExactlyInAnyOrder("table", "json");
    }

    /** What bash offers for the last of the words; compopt complains that no one is typing. */
    private List<String> completed(String... words) throws Exception {
        StringWriter script = new StringWriter();
        PrintWriter out = new PrintWriter(script, true);
        assertThat(Commands.run(new String[] {"completion"}, out, out)).isZero();
        script.append("""

                COMP_WORDS=(%s)
                COMP_CWORD=%d
                %s 2>/dev/null
                printf '%%s\\n' "${COMPREPLY[@]}"
                """.formatted(
                String.join(
                        " ", Arrays.stream(words).map(word -> "'" + word + "'").toList()),
                words.length - 1,
                "$(complete -p caravan | sed 's/.*-F \\([^ ]*\\) .*/\\1/')"));
        Path file = Files.writeString(folder.resolve("complete.bash"), script.toString());
        Process bash = new ProcessBuilder("bash", "--norc", file.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(bash.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .map(String::strip)
                .toList();
        assertThat(bash.waitFor()).as(lines.toString()).isZero();
        return lines;
    }
}
