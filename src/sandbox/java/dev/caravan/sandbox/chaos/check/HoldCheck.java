package dev.caravan.sandbox.chaos.check;

import dev.caravan.sandbox.chaos.check.Finding.Kind;
import dev.caravan.sandbox.chaos.plan.PlannedFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Holds without a real one: begun when the trouble was long over, or for a reason that quotes a hostile producer's file. */
public final class HoldCheck {
    /** What began in trouble may be noticed so much later: by a load, after its retries. */
    private static final Duration NOTICED = Duration.ofSeconds(30);

    private HoldCheck() {}

    /** @param peace when the trouble was over */
    public static List<Finding> findings(Told told, List<PlannedFile> files, String bucket, Instant peace) {
        List<String> hostile = files.stream()
                .filter(PlannedFile::isHostile)
                .map(file -> file.url(bucket))
                .toList();
        return told.holds().stream()
                .filter(hold -> hold.since().isAfter(peace.plus(NOTICED))
                        || hostile.stream().anyMatch(hold.reason()::contains))
                .map(hold -> new Finding(Kind.HELD, hold.cluster(), "since " + hold.since() + ": " + hold.reason()))
                .toList();
    }
}
