package dev.caravan.sandbox.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.chaos.check.Finding.Kind;
import dev.caravan.sandbox.chaos.plan.ChaosFeed;
import dev.caravan.sandbox.chaos.plan.PlannedFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The check sees what it is there to see. */
class FileCheckTest {
    private static final String FAILED = """
            {"Message": "{\\"batchId\\": \\"b\\", \\"status\\": \\"error\\", \\"error\\": \\"bad row\\"}"}""";
    private static final String SET_ASIDE = """
            {"Message": "{\\"batchId\\": \\"b\\", \\"status\\": \\"complete\\", \\"quarantined\\": [{\\"file\\": \\"s3://bucket/in/web/f\\"}]}"}""";

    private final Tally tally = new Tally();
    private final Told told = new Told();

    @ParameterizedTest
    @CsvSource({
        "3 3, ",
        "0 0, LOST",
        "2 2, LOST",
        "6 3, DOUBLED",
        "4 3, DOUBLED",
        "3 2, DOUBLED",
        "4 4, DOUBLED",
    })
    void everyRowCounts(String rowsAndDistinct, Kind kind) {
        tally.add("redshift", rowsAndDistinct + " f");
        assertThat(kinds(PlannedFile.Kind.GOOD)).isEqualTo(kind == null ? List.of() : List.of(kind));
    }

    @Test
    void aFileThatIsMissingInOneOfItsClustersIsLost() {
        tally.add("redshift", "3 3 f");
        assertThat(kinds(PlannedFile.Kind.GOOD, "redshift", "second")).containsExactly(Kind.LOST);
    }

    @Test
    void aGoodFileMayNotFail_evenIfItIsTold() {
        told.hear(FAILED);
        assertThat(kinds(PlannedFile.Kind.GOOD)).containsExactly(Kind.LOST);
    }

    @Test
    void aBadFileIsQuarantinedIfItIsTold_andLostIfNot() {
        assertThat(kinds(PlannedFile.Kind.BAD_ROW)).containsExactly(Kind.LOST);
        told.hear(FAILED);
        assertThat(kinds(PlannedFile.Kind.BAD_ROW)).containsExactly(Kind.QUARANTINED);
        tally.add("redshift", "1 1 f");
        assertThat(kinds(PlannedFile.Kind.BAD_ROW)).containsExactly(Kind.DOUBLED);
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "CUT", "BAD_ROW"})
    void whatCantBeReadIsTold_andNothingOfItIsLoaded(PlannedFile.Kind kind) {
        assertThat(kinds(kind)).containsExactly(Kind.LOST);
        told.hear(FAILED);
        assertThat(kinds(kind)).containsExactly(Kind.QUARANTINED);
        tally.add("redshift", "1 1 f");
        assertThat(kinds(kind)).containsExactly(Kind.DOUBLED);
    }

    @Test
    void anEmptyFileHasNothingToLose() {
        assertThat(kinds(PlannedFile.Kind.EMPTY)).isEmpty();
        told.hear(FAILED);
        assertThat(kinds(PlannedFile.Kind.EMPTY)).containsExactly(Kind.QUARANTINED);
    }

    @Test
    void rowsThatAreLeftOutAreTold_andTheOthersAreThere() {
        assertThat(kinds(PlannedFile.Kind.SKIPPED_ROWS)).containsExactly(Kind.LOST);
        tally.add("redshift", "2 2 f"); // of three rows, the third is bad
        assertThat(kinds(PlannedFile.Kind.SKIPPED_ROWS)).containsExactly(Kind.UNTOLD);
        told.hear(skipped("s3://bucket/in/web/other", 1));
        assertThat(kinds(PlannedFile.Kind.SKIPPED_ROWS)).containsExactly(Kind.UNTOLD);
        told.hear(skipped("s3://bucket/in/web/f", 1));
        assertThat(kinds(PlannedFile.Kind.SKIPPED_ROWS)).isEmpty();
        tally.add("redshift", "3 3 f");
        assertThat(kinds(PlannedFile.Kind.SKIPPED_ROWS)).containsExactly(Kind.DOUBLED);
    }

    @Test
    void ofManyFilesWithRowsLeftOutTheMessageNamesSome_andCountsAll() {
        tally.add("redshift", "2 2 f");
        told.hear(skipped("s3://bucket/in/web/other", 11));
        assertThat(kinds(PlannedFile.Kind.SKIPPED_ROWS)).isEmpty();
    }

    private static String skipped(String url, int files) {
        return """
                {"Message": "{\\"batchId\\": \\"b\\", \\"status\\": \\"complete\\", \\"severity\\": \\"warning\\", \\"clusters\\":
                [{\\"skipped\\": {\\"files\\": %d, \\"first\\": [{\\"file\\": \\"%s\\"}]}}]}"}""".formatted(files, url).replace("\n", " ");
    }

    @Test
    void aForbiddenFileMayBeLoadedAfterAll_andIsToldIfNot() {
        assertThat(kinds(PlannedFile.Kind.FORBIDDEN)).containsExactly(Kind.LOST);
        told.hear(SET_ASIDE);
        assertThat(kinds(PlannedFile.Kind.FORBIDDEN)).containsExactly(Kind.QUARANTINED);
        tally.add("redshift", "3 3 f");
        assertThat(kinds(PlannedFile.Kind.FORBIDDEN)).isEmpty();
    }

    @Test
    void aFileThatWasSetAsideFromALoadedBatchIsQuarantined() {
        told.hear(SET_ASIDE);
        assertThat(kinds(PlannedFile.Kind.BAD_ROW)).containsExactly(Kind.QUARANTINED);
        assertThat(kinds(PlannedFile.Kind.GOOD)).containsExactly(Kind.BLAMED, Kind.LOST);
        tally.add("redshift", "3 3 f");
        assertThat(kinds(PlannedFile.Kind.GOOD)).containsExactly(Kind.BLAMED);
    }

    private List<Kind> kinds(PlannedFile.Kind kind, String... clusters) {
        ChaosFeed feed = new ChaosFeed(
                "web", clusters.length == 0 ? List.of("redshift") : List.of(clusters), ChaosFeed.Kind.CSV, 5, 1);
        PlannedFile file = new PlannedFile(Duration.ZERO, feed, "f", "", 3, kind, Optional.empty());
        LedgerSnapshot ledger = new LedgerSnapshot(
                List.of(new LedgerBatch("b", "error", 1, 1, "", Instant.EPOCH, "bad row")),
                Map.of(file.url("bucket"), "b"));
        return new FileCheck("bucket", tally, ledger, told)
                .findings(List.of(file)).stream().map(Finding::kind).toList();
    }
}
