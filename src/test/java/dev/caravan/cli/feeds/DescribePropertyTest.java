package dev.caravan.cli.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Commands;
import dev.caravan.feed.property.FeedProperties;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** {@code caravan describe property} says what the reference says, without an installation. */
class DescribePropertyTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void oneIsExplainedInPlainWords() {
        assertThat(run("describe", "property", "batchSize")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                        Property     batchSize
                        What         files that make a batch complete, up to 100,000, or auto: as many as suit the cluster
                        Write        a whole number of files from 1 to 100000, for example 100, or auto
                        Default      100
                        """);
    }

    @Test
    void withoutANameAllAreListed() {
        assertThat(run("describe", "property")).isZero();
        assertThat(out.toString().lines().skip(1).map(line -> line.replaceFirst(" .*", "")))
                .containsExactlyElementsOf(
                        FeedProperties.ALL.all().stream().map(Object::toString).toList());
    }

    @Test
    void aMisspeltOneIsNotThere() {
        assertThat(run("describe", "property", "batchSise")).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo("caravan: a feed has no property 'batchSise': did you mean 'batchSize'?");
    }

    private int run(String... words) {
        return Commands.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
