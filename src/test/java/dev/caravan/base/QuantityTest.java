package dev.caravan.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @CsvSource({"0, file, 0 files", "1, file, 1 file", "2, batch, 2 batches", "1, batch, 1 batch", "999, row, 999 rows"
    })
    void aCountHasItsSingularAndItsPlural(long number, String noun, String words) {
        assertThat(Quantity.count(number, noun)).isEqualTo(words);
    }

    @Test
    void aLongCountCanBeRead() {
        assertThat(Quantity.count(2_000, "file")).isEqualTo("2,000 files");
        assertThat(Quantity.count(1_234_567, "batch is", "batches are")).isEqualTo("1,234,567 batches are");
    }
}
