package dev.caravan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "PT24H, 24 h",
        "PT51H, 2 d 3 h",
        "PT1M5S, 1 min 5 s",
        "PT3S, 3 s",
        "PT1H, 1 h",
        "PT1H0M5S, 1 h",
        "PT0.4S, 400 ms"
    })
    void aDurationInWordsHasItsTwoLargestUnits(Duration duration, String words) {
        assertThat(Quantity.inWords(duration)).isEqualTo(words);
    }
}
