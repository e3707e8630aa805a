package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is typed is understood, or a sentence says what was probably meant. */
class CommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redrve            | there is no command 'redrve': did you mean 'redrive'? caravan --help says more",
                "xyzzy             | there is no command 'xyzzy'; caravan --help says more",
                "--hepl            | there is no option '--hepl': did you mean '--help'? caravan --help says more",
                "redrive --limt=3  | there is no option '--limt': did you mean '--limit'? caravan redrive --help says more",
                "redrive 3         | there is no argument '3'; caravan redrive --help says more",
                "redrive --limit   | Missing required parameter for option '--limit' (N); caravan redrive --help says more",
                "redrive --limit=0 | Invalid value for option '--limit': '0' is not a number from 1 to 999999999;"
                        + " caravan redrive --help says more",
                "reload web/a.csv  | Invalid value for positional parameter at index 0 (URL): 'web/a.csv' is no object's URL:"
                        + " write s3://bucket/key; caravan reload --help says more",
                "help redrve       | Unknown subcommand 'redrve'; caravan --help says more",
            })
    void whatIsNotUnderstoodIsOneSentence_andExitCode2(String line, String sentence) {
        assertThat(run(line.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString().trim()).isEqualTo("caravan: " + sentence);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpNamesEveryCommandAndTheExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains(Commands.names().stream()
                        .map(name -> "\n  " + name.replaceFirst(" .*", " "))
                        .toList())
                .contains("Exit codes:", "0   done", "1   could not be done");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void everyCommandHasHelpThatNamesTheExitCodes() {
        for (String name : Commands.names()) {
            assertThat(run((name + " --help").split(" "))).as(name).isZero();
        }
        assertThat(out.toString()).contains("Usage: caravan redrive").contains("2   the command line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redrive", "redrve", "help", "--help", "--version", "-h", "-V", "--typo"})
    void aWordIsMeantAsACommand(String word) {
        assertThat(Commands.areMeantBy(word)).isTrue();
    }

    @Test
    void nothingAndCamelMainsOwnOptionsRunTheRoutes() {
        assertThat(Commands.areMeantBy()).isFalse();
        assertThat(Commands.areMeantBy("-duration", "60")).isFalse();
        assertThat(Commands.areMeantBy("-help")).isFalse();
    }

    private int run(String... args) {
        return Commands.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
