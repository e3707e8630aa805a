package dev.caravan.sandbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.chaos.check.Finding;
import dev.caravan.sandbox.chaos.check.Finding.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A promise that is broken once, in whichever way, makes a run fail, and the summary says so. */
class ResultTest {
    @ParameterizedTest
    @EnumSource(
            names = {"UNSURE", "QUARANTINED"},
            mode = EnumSource.Mode.EXCLUDE)
    void anythingBrokenIsCountedAndNamed_andFailsTheRun(Kind kind) {
        Result result = result(
                new Finding(kind, "s3://bucket/f", "in one cluster"),
                new Finding(Kind.QUARANTINED, "s3://bucket/g", "told"));
        assertThat(result.isGood()).isFalse();
        assertThat(result.report())
                .contains("\n" + kind.word() + ": 1\n", "\nquarantined: 1\n")
                .contains("\n" + kind.word() + " s3://bucket/f in one cluster\n")
                .doesNotContain("s3://bucket/g");
    }

    @Test
    void whatAPersonWasToldOfIsNoFailure_andTheLastLineSaysWhatWasDone() {
        Result result = result(
                new Finding(Kind.UNSURE, "s3://bucket/f", ""), new Finding(Kind.QUARANTINED, "s3://bucket/g", ""));
        assertThat(result.isGood()).isTrue();
        assertThat(result.report())
                .contains("\nlost: 0\n", "\nunsure: 1\n", "\nfaults: 3\n")
                .endsWith("\nInstances frozen: 2. Done: resize 3, overwritten soon 4.\n");
    }

    private static Result result(Finding... findings) {
        return new Result(10, List.of(findings), 1, 2, Map.of("resize", 3), Map.of("overwritten soon", 4), List.of());
    }
}
