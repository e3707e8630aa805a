package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchKey;
import dev.caravan.batch.LoadSettings;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.table.TableLoad;
import dev.caravan.pipeline.tabletoredshift.table.UnitResult;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds how a batch of a sync is loaded: by its key, in what the ledger has of its table's run. */
public final class LoadOfTable {
    private final Syncs syncs;
    private final Units units;

    public LoadOfTable(Syncs syncs, Units units) {
        this.syncs = syncs;
        this.units = units;
    }

    /** The key of a load's batch. */
    static String key(String sync, Unit unit, int load) {
        return sync + BatchKey.NAME_END + unit.key() + "/" + load;
    }

    /**
     * Of a batch that a sync has sealed; empty if it is another's.
     *
     * @throws UnloadableBatch if its sync isn't there any more, or the ledger has forgotten its run
     */
    public Optional<LoadSettings> of(Batch batch) {
        String[] parts = batch.key()
                .substring(Math.min(batch.key().length(), batch.feed().length() + 1))
                .split("/", -1);
        boolean ofRun = parts.length == 4
                && parts[0].matches(Pattern.quote(batch.feed()) + "-\\d{8}T\\d{6}")
                && parts[1].matches("\\d{1,9}")
                && parts[3].matches("\\d{1,9}");
        if (!ofRun) {
            return Optional.empty();
        }
        TableSync sync = syncs.named(batch.feed())
                .orElseThrow(() -> new UnloadableBatch("sync " + batch.feed()
                        + " is not configured any more: put its bean back, then reprocess batch " + batch.id()));
        return Optional.of(units.find(parts[0], Integer.parseInt(parts[1]), parts[2])
                .filter(Unit::isDone)
                .<LoadSettings>map(unit -> new TableLoad(
                        sync,
                        batch.key(),
                        UnitResult.of(unit)
                                .loads()
                                .get(Integer.parseInt(parts[3]))
                                .load()))
                .orElseThrow(() -> new UnloadableBatch("the ledger has forgotten run " + parts[0]
                        + ", which has made it: run caravan sync " + batch.feed() + " instead")));
    }
}
