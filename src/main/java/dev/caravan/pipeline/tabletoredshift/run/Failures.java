package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.pipeline.tabletoredshift.table.SnapshotTooLong;
import dev.caravan.pipeline.tabletoredshift.table.TableRefused;
import dev.caravan.work.run.StepFailure;
import java.sql.SQLException;

/** What follows from a failure: whether to try again, and what people are told. */
final class Failures {
    private Failures() {}

    /** Whether another attempt would end alike. */
    static boolean isLasting(Throwable thrown) {
        return (thrown instanceof SQLException sql && StepFailure.isLasting(sql))
                || thrown instanceof SnapshotTooLong
                || thrown instanceof TableRefused;
    }
}
