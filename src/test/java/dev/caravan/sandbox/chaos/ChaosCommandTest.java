package dev.caravan.sandbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.chaos.plan.ChaosOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChaosCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpNamesEveryOption() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("--seed", "--minutes", "--instances", "--files", "--with", "--help", "\n    two-closed");
    }

    @ParameterizedTest
    @CsvSource({
        "--sede 7, --seed",
        "--seed, needs a value",
        "--seed x, whole number",
        "--minutes 0.1, 0.25 or more",
        "--instances 0, whole number from 1",
        "--files -1, whole number from 1",
        "--with slow-copies;tea, no ingredient tea",
    })
    void whatCantBeUnderstoodIsOneSentence(String arguments, String words) {
        assertThat(run(arguments.replace(';', ',').split(" "))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains(words));
    }

    @Test
    void optionsAreSaidAsTheyAreTyped() {
        String arguments = "--seed 7 --minutes 0.4 --instances 2 --files 300";
        assertThat(ChaosOptions.parse((arguments + " --with slow-copies,merge").split(" ")))
                .hasToString(arguments + " --with slow-copies,merge");
        assertThat(ChaosOptions.parse((arguments + " --with none").split(" "))).hasToString(arguments + " --with none");
        assertThat(ChaosOptions.parse(arguments.split(" "))).hasToString(arguments);
    }

    private int run(String... arguments) {
        return new ChaosCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }
}
