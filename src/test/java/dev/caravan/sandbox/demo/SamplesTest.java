package dev.caravan.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private final List<String> keys = Samples.all().stream()
            .flatMap(sample -> sample.files().stream())
            .map(SampleFile::key)
            .toList();

    @Test
    void keysAreThoseOfTheUsualWriters() {
        assertThat(keys)
                .contains("logs/flights/20001231_0.gz", "logs/flights/20010103_0.gz", "airports/unload_0000_part_00")
                .contains("weather/New York/2012-01-01 \u00e0 2012-04-01.csv")
                .anyMatch(key -> key.matches("fluent-bit-logs/quakes/2018/01/31/01/49/59-object[0-9A-Za-z]{8}"));
    }

    @Test
    void everyFileHasAKeyOfItsOwn() {
        assertThat(keys).doesNotHaveDuplicates().hasSizeBetween(60, 120);
    }

    @Test
    void everyRowIsInAFile() {
        assertThat(Samples.all()).extracting(Sample::rows).containsExactly(2000L, 1707L, 2922L, 3376L);
    }
}
