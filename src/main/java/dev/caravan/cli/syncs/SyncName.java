package dev.caravan.cli.syncs;

import dev.caravan.cli.runs.BeanName;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.startup.Installation;

/** The name of a sync, as a person typed it. */
final class SyncName {
    private SyncName() {}

    static TableSync configured(Installation installation, String name) throws CommandFailed {
        return BeanName.configured("sync", installation.syncTools().syncs().all(), name);
    }
}
