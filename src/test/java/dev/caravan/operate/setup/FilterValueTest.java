package dev.caravan.operate.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterValueTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "in/web/|in/web/",
                "in/dt=|in/dt%3D",
                "two words/|two+words/",
                "a+b%c|a%2Bb%25c",
                "ü/日本|%C3%BC/%E6%97%A5%E6%9C%AC",
                "q?#;,:@&$|q%3F%23%3B%2C%3A%40%26%24",
                "(1)!'~|%281%29%21%27%7E"
            })
    void itIsEncodedAsEventsEncodeKeys_andDecodedAgain(String prefix, String value) {
        assertThat(FilterValue.of(prefix)).isEqualTo(value);
        assertThat(FilterValue.keyPart(value)).contains(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"in/dt=", "a b", "ü", "50%", "%zz", "a:b"})
    void aValueThatIsNotEncodedFitsNoKey(String value) {
        assertThat(FilterValue.keyPart(value)).isEmpty();
    }

    @Test
    void ofAPrefixThatBecomesTooLongWhatFitsIsTaken() {
        String fits = FilterValue.fitting("😀".repeat(200));
        assertThat(FilterValue.of(fits)).hasSizeBetween(FilterValue.LONGEST - 12, FilterValue.LONGEST);
        assertThat("😀".repeat(200)).startsWith(fits);
    }

    @Test
    void othersMayLeaveSafeCharactersPlain() {
        assertThat(FilterValue.keyPart("a(1)!%3d")).contains("a(1)!=");
    }
}
