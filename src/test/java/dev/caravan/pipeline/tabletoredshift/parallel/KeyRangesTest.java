package dev.caravan.pipeline.tabletoredshift.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRangesTest {
    @Test
    void theFirstHasNoBeginning_andTheLastNoEnd() {
        assertThat(ranges("-10", "9", 4)).containsExactly("k < -5", "k >= -5 AND k < 0", "k >= 0 AND k < 5", "k >= 5");
    }

    @Test
    void fewValuesMakeFewRanges() {
        assertThat(ranges("7", "7", 32)).containsExactly("");
        assertThat(ranges("7", "9", 32)).containsExactly("k < 8", "k >= 8 AND k < 9", "k >= 9");
    }

    @Test
    void theLargestNumbersHaveRangesAsWell() {
        assertThat(ranges("0", "18446744073709551615", 2))
                .containsExactly("k < 9223372036854775808", "k >= 9223372036854775808");
        assertThat(ranges("-9223372036854775808", "9223372036854775807", 2)).containsExactly("k < 0", "k >= 0");
    }

    private static List<String> ranges(String least, String most, int number) {
        return KeyRanges.of("k", new Snapshot.Extent(new BigInteger(least), new BigInteger(most)), number);
    }
}
