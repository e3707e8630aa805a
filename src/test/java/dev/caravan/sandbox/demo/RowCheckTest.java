package dev.caravan.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

class RowCheckTest {
    private static final List<Integer> TYPES = List.of(Types.TIMESTAMP, Types.NUMERIC, Types.VARCHAR);
    private static final List<String> UPLOADED = List.of("2001/01/31 06:55", "1.50", "a");
    private static final List<String> SAME = List.of("2001-01-31 06:55:00", "1.5000", "a");
    private static final List<String> OTHER = List.of("2001-01-31 06:55:00", "1.51", "a");

    @Test
    void theSameRowsWrittenDifferentlyAreTheSame() {
        assertThat(check(List.of(UPLOADED, UPLOADED), List.of(SAME, SAME)).fault())
                .isEmpty();
    }

    @Test
    void aRowThatIsMissingIsNamed() {
        assertThat(check(List.of(UPLOADED, UPLOADED), List.of(SAME)).fault())
                .hasValueSatisfying(f -> assertThat(f).contains("t: 1 row is missing", "2001-01-31T06:55"));
    }

    @Test
    void aRowThatWasLoadedTwiceIsNamed() {
        assertThat(check(List.of(UPLOADED), List.of(SAME, SAME)).fault())
                .hasValueSatisfying(f -> assertThat(f).contains("1 row is there too often"));
    }

    @Test
    void anotherValueIsSeenThoughTheCountIsRight() {
        assertThat(check(List.of(UPLOADED), List.of(OTHER)).fault())
                .hasValueSatisfying(f -> assertThat(f).contains("missing", "never uploaded", "1.51"));
    }

    @Test
    void nullIsNotZero() {
        assertThat(check(List.of(List.of("", "", "")), List.of(List.of("", "0", "")))
                        .fault())
                .isPresent();
    }

    private static RowCheck check(List<List<String>> uploaded, List<List<String>> inTable) {
        SampleFile file = new SampleFile("key", SdkBytes.fromUtf8String(""), uploaded);
        return RowCheck.of(
                new Sample("f", "t", List.of("x", "y", "z"), List.of(file)), new TableContents(TYPES, inTable));
    }
}
