package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.base.Quantity;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunLost;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailure;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailures;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.work.run.RetryPause;
import dev.caravan.work.run.RunEnd;
import dev.caravan.work.run.RunsHere;
import dev.caravan.work.run.StepFailure;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a run that failed: it is tried again, later each time, or fails for good. */
final class MirrorPostponing {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorPostponing.class);

    private final Runs runs;
    private final RunsHere here;
    private final Duration retryFor;
    private final Clock clock;

    /** @param retryFor how long after its planned time a run is tried again */
    MirrorPostponing(Runs runs, RunsHere here, Duration retryFor, Clock clock) {
        this.runs = runs;
        this.here = here;
        this.retryFor = retryFor;
        this.clock = clock;
    }

    /** How the run ends, if it can't go on. */
    Optional<RunEnd> postpone(Run run, Throwable thrown) {
        if (thrown instanceof RunLost) {
            here.release(run.id());
            LOG.warn("{}", StepFailure.inWords(thrown));
            return Optional.empty();
        }
        Instant now = clock.instant();
        boolean tooLate = now.isAfter(run.planned().plus(retryFor));
        String words = inWords(thrown);
        String reason = tooLate ? words + " (tried again for " + Quantity.inWords(retryFor) + ")" : words;
        if (tooLate || isLasting(thrown)) {
            return Optional.of(RunEnd.failed(reason));
        }
        here.release(run.id());
        Instant until = now.plus(RetryPause.after(run.attempt()));
        LOG.warn("Run {} waits until {}: {}", run.id(), until, reason);
        var unused = runs.postpone(run, until, reason);
        return Optional.empty();
    }

    private static boolean isLasting(Throwable thrown) {
        return thrown instanceof MirrorRefused
                || thrown instanceof TargetRefused
                || (thrown instanceof SQLException sql
                        && (thrown instanceof PSQLException
                                ? !PostgresFailures.of(sql).mayPass()
                                : StepFailure.isLasting(sql)));
    }

    private static String inWords(Throwable thrown) {
        if (thrown instanceof PSQLException) {
            PostgresFailure failure = PostgresFailures.of(thrown);
            return failure.inWords();
        }
        return StepFailure.inWords(thrown);
    }
}
