package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.Unit;
import java.util.Optional;

/**
 * Something that this instance does for a run.
 *
 * @param step the route that does it
 * @param unit the table that is extracted; empty for the other steps
 */
public record SyncWork(String step, Run run, Optional<Unit> unit) {
    static final String PLAN = "plan-sync", EXTRACT = "extract-table", FINISH = "finish-sync";

    static SyncWork plan(Run run) {
        return new SyncWork(PLAN, run, Optional.empty());
    }

    static SyncWork extract(Run run, Unit unit) {
        return new SyncWork(EXTRACT, run, Optional.of(unit));
    }

    static SyncWork finish(Run run) {
        return new SyncWork(FINISH, run, Optional.empty());
    }

    /** No two of them are done at once. */
    String key() {
        return unit.map(Unit::key).orElse(run.id());
    }
}
