package dev.caravan.sandbox.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.chaos.plan.ChaosFeed;
import dev.caravan.sandbox.chaos.plan.PlannedFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A hold counts that no trouble explains. */
class HoldCheckTest {
    private static final Instant PEACE = Instant.parse("2026-01-31T12:00:00Z");

    private final PlannedFile file = new PlannedFile(
            Duration.ZERO,
            new ChaosFeed("web", List.of("redshift"), ChaosFeed.Kind.CSV, 5, 1),
            "f",
            "maintenance mode",
            3,
            PlannedFile.Kind.DELETED,
            Optional.empty());

    @Test
    void aHoldInTroubleIsReal() {
        assertThat(held(PEACE, "the cluster is being resized")).isEmpty();
    }

    @Test
    void aHoldInPeaceIsNot_norOneForAFilesName() {
        assertThat(held(PEACE.plusSeconds(60), "the cluster is being resized")).hasSize(1);
        assertThat(held(PEACE.minusSeconds(60), "\"NoSuchKey, context: " + file.url("bucket") + "\""))
                .singleElement()
                .asString()
                .startsWith("held redshift since 2026-01-31T11:59:00Z: ");
    }

    private List<Finding> held(Instant since, String reason) {
        Told told = new Told();
        told.hear("""
                {"Message": "{\\"what\\": \\"held\\", \\"cluster\\": \\"redshift\\", \\"since\\": \\"%s\\", \\"reason\\": \\"%s\\"}"}""".formatted(since, reason.replace("\"", "\\\\\\\"")));
        return HoldCheck.findings(told, List.of(file), "bucket", PEACE);
    }
}
