package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.ledger.runs.Run;

/** A run that this instance goes on with. */
public record MirrorWork(Run run) {
    String key() {
        return run.id();
    }
}
