package dev.caravan.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeJsonTest {
    @Property
    void whatIsWrittenIsReadAgain(@ForAll("outcomes") Outcome outcome) {
        assertThat(OutcomeJson.read(OutcomeJson.write(outcome))).isEqualTo(outcome);
    }

    @Test
    void theTextIsPlain() {
        assertThat(OutcomeJson.write(
                        new Outcome.Loaded("redshift", Instant.parse("2026-01-31T12:00:00Z"), 6, 1500, "s3://m")))
                .isEqualTo(
                        "{\"status\":\"loaded\",\"cluster\":\"redshift\",\"at\":\"2026-01-31T12:00:00Z\",\"rows\":6,\"millis\":1500,\"manifest\":\"s3://m\"}");
    }

    @Test
    void rowsThatWereDeletedAreRead_andNoneIsSaidByNothing() {
        Outcome deleting = new Outcome.Loaded(
                "redshift", Instant.parse("2026-01-31T12:00:00Z"), 6, 1500, "s3://m", List.of(), Skipped.NONE, 3);
        assertThat(OutcomeJson.write(deleting)).contains("\"deleted\":3");
        assertThat(OutcomeJson.read(OutcomeJson.write(deleting))).isEqualTo(deleting);
    }

    @Test
    void aFieldOfALaterVersionIsPassedOver() {
        assertThat(
                        OutcomeJson.read(
                                "{\"status\":\"loaded\",\"cluster\":\"a\",\"at\":\"2026-01-31T12:00:00Z\",\"rows\":6,\"millis\":1,\"manifest\":\"\",\"new\":[]}"))
                .isInstanceOf(Outcome.Loaded.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "nonsense",
                "{\"status\":\"lost\",\"cluster\":\"a\",\"at\":\"2026-01-31T12:00:00Z\"}",
                "{\"status\":\"loaded\",\"cluster\":\"a\",\"at\":\"noon\",\"rows\":6,\"millis\":1}",
                "{\"status\":\"loaded\",\"cluster\":\"a\",\"at\":\"2026-01-31T12:00:00Z\",\"rows\":\"6\",\"millis\":1}"
            })
    void anotherTextIsRefused(String text) {
        assertThatThrownBy(() -> OutcomeJson.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<Outcome> outcomes() {
        Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(40);
        Arbitrary<Instant> times = Combinators.combine(
                        Arbitraries.longs().between(0, 4_000_000_000L),
                        Arbitraries.longs().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
        Arbitrary<BadRow> rows = Combinators.combine(
                        texts, Arbitraries.longs(), texts, texts, Arbitraries.integers(), texts)
                .as(BadRow::new);
        Arbitrary<Outcome> loaded = Combinators.combine(texts, times, Arbitraries.longs(), Arbitraries.longs(), texts)
                .as((cluster, at, n, millis, manifest) -> new Outcome.Loaded(cluster, at, n, millis, manifest));
        Arbitrary<Outcome> failed = Combinators.combine(
                        texts, times, texts, texts, rows.list().ofMaxSize(5))
                .as((c, at, reason, state, bad) -> new Outcome.Failed(c, at, reason, state, List.copyOf(bad)));
        return Arbitraries.oneOf(loaded, failed);
    }
}
