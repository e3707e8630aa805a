package dev.caravan.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed for a person to paste, through a real shell. */
class ShellCommandTest {
    private static final int KEYS = 2_000;

    @TempDir
    private Path folder;

    @Test
    void anApostropheEndsNoWord() throws Exception {
        String command = ShellCommand.of("caravan", "reload", "s3://landing/it's'; touch owned; '.csv");
        assertThat(command).isEqualTo("caravan reload 's3://landing/it'\\''s'\\''; touch owned; '\\''.csv'");
        assertThat(parsed("sh", List.of(command)))
                .containsExactly(List.of("caravan", "reload", "s3://landing/it's'; touch owned; '.csv"));
        assertThat(folder.resolve("owned")).doesNotExist();
    }

    @Test
    void whatCannotBeShownIsPercentEncoded() {
        String url = "s3://landing/\u001b[2J100%\n.csv";
        assertThat(ShellCommand.of("caravan", "reload", url))
                .isEqualTo("caravan reload 'encoded:s3://landing/%1B[2J100%25%0A.csv'");
        assertThat(ShellCommand.decoded("encoded:s3://landing/%1B[2J100%25%0A.csv"))
                .isEqualTo(url);
        assertThat(ShellCommand.decoded("s3://landing/100%25+.csv")).isEqualTo("s3://landing/100%25+.csv");
        assertThatThrownBy(() -> ShellCommand.decoded("encoded:s3://landing/100%"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash"})
    void anyKeyComesBackFromAShell(String shell) throws Exception {
        List<String> urls = HostileTexts.keys().list().ofSize(KEYS).sample().stream()
                .map(key -> "s3://landing/" + key)
                .toList();
        List<String> commands = urls.stream()
                .map(url -> ShellCommand.of("caravan", "describe", "file", url))
                .toList();
        assertThat(commands).allMatch(Shown::isPlain);

        List<List<String>> words = parsed(shell, commands);

        assertThat(words).hasSize(KEYS);
        for (int i = 0; i < KEYS; i++) {
            assertThat(words.get(i).subList(0, 3)).containsExactly("caravan", "describe", "file");
            assertThat(words.get(i).subList(3, words.get(i).size()).stream().map(ShellCommand::decoded))
                    .containsExactly(urls.get(i));
        }
        assertThat(folder.resolve("owned")).doesNotExist();
    }

    /** What a shell makes of each command: one process for all. */
    private List<List<String>> parsed(String shell, List<String> commands) throws Exception {
        Path script = folder.resolve("script");
        Path output = folder.resolve("output");
        String words = "words() { printf '%s\\0' \"$#\" \"$@\"; }\n";
        Files.writeString(
                script,
                words
                        + String.join(
                                "\n", commands.stream().map(c -> "words " + c).toList()) + "\n");
        Process process = new ProcessBuilder(shell, script.toString())
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        String[] said = Files.readString(output, UTF_8).split("\0", -1);
        List<List<String>> parsed = new ArrayList<>();
        for (int at = 0; at < said.length - 1; ) {
            int count = Integer.parseInt(said[at]);
            parsed.add(List.of(said).subList(at + 1, at + 1 + count));
            at += 1 + count;
        }
        return parsed;
    }
}
