package dev.caravan.cli.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Commands;
import dev.caravan.feed.property.FeedProperties;
import dev.caravan.pipeline.redshifttopostgres.mirror.MirrorProperties;
import dev.caravan.pipeline.tabletoredshift.sync.SyncProperties;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
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
                        Of           a feed
                        What         files that make a batch complete, up to 100,000, or auto: as many as suit the cluster
                        Write        a whole number of files from 1 to 100000, for example 100, or auto
                        Default      100
                        """);
    }

    @Test
    void withoutANameAllAreListed() {
        assertThat(run("describe", "property")).isZero();
        assertThat(out.toString().lines().skip(1).map(line -> line.replaceFirst(" .*", "")))
                .containsExactlyElementsOf(Stream.of(FeedProperties.ALL, SyncProperties.ALL, MirrorProperties.ALL)
                        .flatMap(of -> of.all().stream())
                        .distinct()
                        .map(Object::toString)
                        .toList());
    }

    @Test
    void oneOfSyncsIsExplained_andOneThatBothHaveOnlyOnceIfItIsTheSame() {
        assertThat(run("describe", "property", "watermark")).isZero();
        assertThat(out.toString()).startsWith("Property").contains("Of           a sync\n");
        out.getBuffer().setLength(0);
        assertThat(run("describe", "property", "clusters")).isZero();
        assertThat(out.toString()).containsOnlyOnce("Property").contains("Of           a feed, a sync\n");
        out.getBuffer().setLength(0);
        assertThat(run("describe", "property", "writeMode")).isZero();
        assertThat(out.toString())
                .containsSubsequence("Of           a feed\n", "Property     writeMode", "Of           a sync\n");
    }

    @Test
    void oneOfMirrorsIsExplained() {
        assertThat(run("describe", "property", "keepSnapshots")).isZero();
        assertThat(out.toString())
                .contains("Of           a mirror\n", "What         how many states the warehouse keeps");
    }

    @Test
    void aMisspeltOneIsNotThere() {
        assertThat(run("describe", "property", "batchSise")).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "caravan: neither a feed nor a sync nor a mirror has a property 'batchSise': did you mean 'batchSize'?");
    }

    private int run(String... words) {
        return Commands.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
