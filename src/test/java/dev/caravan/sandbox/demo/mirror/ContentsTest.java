package dev.caravan.sandbox.demo.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContentsTest {
    private static final Contents ONE = contents("1|Ant|", "2|Bee|x");

    @Test
    void theSameRowsDifferInNothing() {
        assertThat(ONE.difference(contents("2|Bee|x", "1|Ant|"))).isEmpty();
    }

    @Test
    void nullIsNotAnEmptyText() {
        assertThat(ONE.difference(contents("1|Ant|NULL", "2|Bee|x")))
                .contains("1 row is not the same, for example 1: ['1', 'Ant', ''] and ['1', 'Ant', NULL]");
    }

    @Test
    void rowsThatAreMissingOrTooManyAreSaid() {
        assertThat(ONE.difference(contents("2|Bee|x", "3|Cat|")))
                .contains("2 rows are not the same, for example 1: ['1', 'Ant', ''] and nothing");
    }

    private static Contents contents(String... rows) {
        TreeMap<Long, List<Optional<String>>> byKey = new TreeMap<>();
        for (String row : rows) {
            List<Optional<String>> values = Arrays.stream(row.split("\\|", -1))
                    .map(value -> Optional.of(value).filter(v -> !v.equals("NULL")))
                    .toList();
            byKey.put(Long.valueOf(values.get(0).orElseThrow()), values);
        }
        return new Contents(List.of("id", "name", "note"), byKey);
    }
}
