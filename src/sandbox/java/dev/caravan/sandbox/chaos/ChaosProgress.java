package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.chaos.check.LedgerSnapshot;
import dev.caravan.sandbox.chaos.plan.Plan;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tells a person every few seconds how far the run is and what goes wrong just now. */
final class ChaosProgress {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(3);

    private final PrintStream out;
    private final Plan plan;
    private final Uploads uploads;
    private final Instances instances;
    private final TroubleMaker trouble;
    private final Instant began = Instant.now();
    private Instant printed = Instant.MIN;

    ChaosProgress(PrintStream out, Plan plan, Uploads uploads, Instances instances, TroubleMaker trouble) {
        this.out = out;
        this.plan = plan;
        this.uploads = uploads;
        this.instances = instances;
        this.trouble = trouble;
    }

    boolean isTimeUp() {
        return !Instant.now().isBefore(began.plus(plan.options().length()));
    }

    /** Prints a line, unless the last one is too fresh. */
    void tell(LedgerSnapshot ledger) {
        Instant now = Instant.now();
        if (now.isBefore(printed.isAfter(began) ? printed.plus(BETWEEN_LINES) : began)) {
            return;
        }
        printed = now;
        long seconds = Duration.between(began, now).toSeconds();
        List<String> troubles = new ArrayList<>(instances.states());
        troubles.addAll(trouble.now());
        out.println("%d:%02d  %,d of %,d files uploaded, %,d loaded; %d of %d instances up%s"
                .formatted(
                        seconds / 60,
                        seconds % 60,
                        uploads.done(),
                        plan.files().size(),
                        ledger.loadedFiles(),
                        instances.up(),
                        plan.options().instances(),
                        troubles.isEmpty() ? "" : " | " + String.join(", ", troubles)));
    }
}
