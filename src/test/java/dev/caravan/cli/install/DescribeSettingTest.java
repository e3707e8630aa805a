package dev.caravan.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Commands;
import dev.caravan.startup.setting.AllSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** {@code caravan describe setting} says what the reference says, without an installation. */
class DescribeSettingTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void oneIsExplainedInPlainWords() {
        assertThat(run("describe", "setting", "caravan.ledger.lease")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                        Setting      caravan.ledger.lease
                        What         how long a batch stays a silent instance's, 1s to 1h; it says three times in a lease that it lives
                        Write        from 1s to 1h, for example 60s
                        Default      60s
                        """);
    }

    @Test
    void withoutANameAllAreListed() {
        assertThat(run("describe", "setting")).isZero();
        assertThat(out.toString().lines().skip(1).map(line -> line.replaceFirst(" .*", "")))
                .containsExactlyElementsOf(
                        AllSettings.ALL.all().stream().map(Object::toString).toList());
    }

    @Test
    void aMisspeltOneIsNotThere() {
        assertThat(run("describe", "setting", "caravan.ledger.lese")).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "caravan: Caravan has no setting 'caravan.ledger.lese': did you mean 'caravan.ledger.lease'?");
    }

    private int run(String... words) {
        return Commands.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
