package dev.caravan.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpNamesEveryOption() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--keep", "--help", "tables", "--postgres", "mirror");
    }

    @Test
    void anUnknownOptionIsOneSentenceWithTheKnownOnes() {
        assertThat(run("--keep", "--kepe")).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("--kepe", "--keep", "--help"));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void eachActHasItsOwnOptions() {
        assertThat(run("--postgres")).isEqualTo(2);
        assertThat(run("tables", "--postgre")).isEqualTo(2);
        assertThat(run("mirror", "--postgres")).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("--postgres;", "tables", "mirror"),
                        line -> assertThat(line).contains("--postgre;", "--postgres", "--keep"),
                        line -> assertThat(line).contains("--postgres; those of mirror are --keep, --help."));
    }

    private int run(String... arguments) {
        return new DemoCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }
}
