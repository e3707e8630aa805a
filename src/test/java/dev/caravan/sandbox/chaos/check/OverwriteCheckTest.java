package dev.caravan.sandbox.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.chaos.check.Finding.Kind;
import dev.caravan.sandbox.chaos.plan.ChaosFeed;
import dev.caravan.sandbox.chaos.plan.Overwrite;
import dev.caravan.sandbox.chaos.plan.PlannedFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An object of three rows is overwritten with three others. */
class OverwriteCheckTest {
    private static final String URL = "s3://bucket/in/web/f";
    private static final String WARNED = """
            {"Message": "{\\"batchId\\": \\"b\\", \\"status\\": \\"complete\\", \\"severity\\": \\"warning\\", \\"x\\": \\"of %s\\"}"}""".formatted(URL);

    private final Tally tally = new Tally();
    private final Told told = new Told();

    @ParameterizedTest
    @CsvSource({
        "0 0, 3 3, ", // replaced before it was loaded
        "3 3, 3 3, ", // afterwards
        "3 3, 0 0, LOST",
        "0 0, 0 0, LOST",
        "0 0, 2 2, LOST",
        "1 1, 3 3, LOST",
        "0 0, 6 3, DOUBLED", // the end's content, once for each version
        "6 3, 3 3, DOUBLED",
        "0 0, 4 4, DOUBLED",
    })
    void theEndsContentIsThereOnce_andWhatWasThereBeforeOnceOrNotAtAll(String before, String after, Kind kind) {
        tally.add("redshift", before + " f~1");
        tally.add("redshift", after + " f~2");
        assertThat(kinds(3, Set.of())).isEqualTo(kind == null ? List.of() : List.of(kind));
    }

    @Test
    void whatWasLoadedBeforeStays() {
        tally.add("redshift", "3 3 f~2");
        assertThat(kinds(3, Set.of(URL))).containsExactly(Kind.LOST);
    }

    @Test
    void theFirstContentAloneIsRightOnlyOfTheSameSize_andIfAPersonWasTold() {
        tally.add("redshift", "3 3 f~1");
        told.hear(WARNED);
        assertThat(kinds(3, Set.of())).containsExactly(Kind.UNSURE);
        assertThat(kinds(5, Set.of())).containsExactly(Kind.LOST);
    }

    private List<Kind> kinds(int rowsAfterwards, Set<String> loadedBefore) {
        PlannedFile file = new PlannedFile(
                Duration.ZERO,
                new ChaosFeed("web", List.of("redshift"), ChaosFeed.Kind.CSV, 5, 1),
                "f",
                "",
                3,
                PlannedFile.Kind.GOOD,
                Optional.of(new Overwrite(Overwrite.Moment.SOON, Duration.ZERO, rowsAfterwards)));
        return new OverwriteCheck("bucket", tally, told, loadedBefore)
                .findings(List.of(file)).stream().map(Finding::kind).toList();
    }
}
