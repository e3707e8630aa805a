package dev.caravan.sandbox.chaos.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.chaos.check.Finding.Kind;
import dev.caravan.sandbox.chaos.plan.ChaosFeed;
import dev.caravan.sandbox.chaos.plan.PlannedFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table is made here by reading the files' lines one by one, as a merge would. */
class MergeCheckTest {
    private final List<PlannedFile> files =
            IntStream.rangeClosed(1, 20).mapToObj(MergeCheckTest::file).toList();
    private final List<String> table = merged();

    @Test
    void aTableThatIsMergedRightlyIsRight_andItHasNullKeys() {
        assertThat(kinds()).isEmpty();
        assertThat(table).anyMatch(line -> line.startsWith("|")).anyMatch(line -> line.matches("\\d+\\|\\|.*"));
    }

    @Test
    void aRowWithANullKeyThatIsMissingIsLost_andOneThatIsThereTwiceIsDoubled() {
        String row =
                table.stream().filter(line -> line.startsWith("|")).findFirst().orElseThrow();
        table.remove(row);
        assertThat(kinds()).containsExactly(Kind.LOST);
        table.add(row);
        table.add(row);
        assertThat(kinds()).containsExactly(Kind.DOUBLED);
    }

    @Test
    void anEarlierRowInThePlaceOfALaterOneIsBoth() {
        String row = table.stream()
                .filter(line -> line.matches("\\d+\\|\\d+\\|.*"))
                .findFirst()
                .orElseThrow();
        String[] cells = row.split("\\|", -1);
        table.remove(row);
        table.add("%s|%s|%d|%s|%s".formatted(cells[0], cells[1], Integer.parseInt(cells[2]) - 1, cells[3], cells[4]));
        assertThat(kinds()).containsExactly(Kind.LOST, Kind.DOUBLED);
    }

    private List<Kind> kinds() {
        return MergeCheck.findings("redshift", table, files, "bucket").stream()
                .map(Finding::kind)
                .toList();
    }

    private List<String> merged() {
        Map<String, String> latest = new HashMap<>();
        List<String> alone = new ArrayList<>();
        files.stream()
                .flatMap(file -> new String(file.content(), UTF_8).lines())
                .map(line -> line.split(",", -1))
                .sorted(Comparator.comparing(cells -> Integer.parseInt(cells[2])))
                .forEach(cells -> {
                    String line = "%s|%s|%s|%s|%s".formatted(cells[0], cells[1], cells[2], cells[4], cells[3]);
                    if (cells[0].isEmpty() || cells[1].isEmpty()) {
                        alone.add(line);
                    } else {
                        latest.put(cells[0] + "/" + cells[1], line);
                    }
                });
        alone.addAll(latest.values());
        return alone;
    }

    private static PlannedFile file(int number) {
        return new PlannedFile(
                Duration.ZERO,
                new ChaosFeed("merged", List.of("redshift"), ChaosFeed.Kind.MERGE, 5, 1),
                "%05d.csv".formatted(number),
                "",
                20,
                PlannedFile.Kind.GOOD,
                Optional.empty());
    }
}
