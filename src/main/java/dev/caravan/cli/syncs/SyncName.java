package dev.caravan.cli.syncs;

import dev.caravan.base.Nearest;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.startup.Installation;
import java.util.Map;

/** The name of a sync, as a person typed it. */
final class SyncName {
    private SyncName() {}

    /**
     * The sync of that name.
     *
     * @throws CommandFailed if there is none, with the name that was probably meant
     */
    static TableSync configured(Installation installation, String name) throws CommandFailed {
        Map<String, TableSync> all = installation.syncTools().syncs().all();
        TableSync sync = all.get(name);
        if (sync == null) {
            throw new CommandFailed("there is no sync '" + name + "': "
                    + Nearest.hint(name, all.keySet())
                            .orElse(
                                    all.isEmpty()
                                            ? "routes/ has none"
                                            : "there are " + String.join(", ", all.keySet())));
        }
        return sync;
    }
}
