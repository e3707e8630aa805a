package dev.caravan.ledger.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CommonStartTest {

    @Test
    void whatTheyShare() {
        assertThat(CommonStart.of(List.of())).isEmpty();
        assertThat(CommonStart.of(List.of("s3://b/a/1"))).isEqualTo("s3://b/a/1");
        assertThat(CommonStart.of(List.of("s3://b/a/12", "s3://b/a/1", "s3://b/a/13")))
                .isEqualTo("s3://b/a/1");
        assertThat(CommonStart.of(List.of("s3://b/a", "x"))).isEmpty();
    }

    /** Two emoji that differ in their second half only: a lone half could not be stored. */
    @Test
    void aCharacterIsNotCutInTwo() {
        assertThat(CommonStart.of(List.of("a\uD83D\uDE00", "a\uD83D\uDE01"))).isEqualTo("a");
    }

    @Property
    void allBeginWithIt(@ForAll String start, @ForAll List<String> ends) {
        List<String> texts = ends.stream().map(end -> start + end).toList();
        assertThat(texts).allMatch(text -> text.startsWith(CommonStart.of(texts)));
    }
}
