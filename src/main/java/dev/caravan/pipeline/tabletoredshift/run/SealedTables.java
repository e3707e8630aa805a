package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.Progress;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Sealing;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.table.TableExtraction;
import dev.caravan.pipeline.tabletoredshift.table.TableResult;
import dev.caravan.pipeline.tabletoredshift.table.UnitResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The batches of tables that are extracted: sealed once, however often that is asked for, and by whichever instance. */
final class SealedTables {
    private final Ledger ledger;
    private final Sealing sealing;

    /** Ids of batches that were found, by key: to seal again costs more than to look. */
    private final Map<String, String> known = new ConcurrentHashMap<>();

    SealedTables(Ledger ledger, Sealing sealing) {
        this.ledger = ledger;
        this.sealing = sealing;
    }

    /** Seals the batches of a unit that is done, or finds them. They are loaded by whoever looks next. */
    List<Batch> of(TableSync sync, Unit unit) throws Conflict {
        List<UnitResult.Loading> loads = UnitResult.of(unit).loads();
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            String key = LoadOfTable.key(sync.name(), unit, i);
            Optional<Batch> found = Optional.ofNullable(known.get(key)).flatMap(ledger::find);
            batches.add(found.isPresent() ? found.get() : seal(sync, unit, key, loads.get(i)));
        }
        return batches;
    }

    private Batch seal(TableSync sync, Unit unit, String key, UnitResult.Loading loading) throws Conflict {
        TableResult.Load load = loading.load();
        List<FileEntry> files = load.allParts().stream()
                .map(part -> new FileEntry(sync.name(), part.url(), part.version(), part.size(), unit.time()))
                .toList();
        Progress progress = new Progress(
                TableExtraction.progressName(sync, loading.table()), load.step(), load.value(), load.rows());
        Batch batch = sealing.seal(key, unit.run(), files, Optional.of(progress));
        known.put(key, batch.id());
        return batch;
    }

    /** Forgets what an ended run needed. */
    void forget(TableSync sync, Unit unit) {
        String prefix = LoadOfTable.key(sync.name(), unit, 0);
        known.keySet().removeIf(key -> key.startsWith(prefix.substring(0, prefix.lastIndexOf('/') + 1)));
    }

    /** Whether nothing more becomes of a batch by itself. */
    static boolean isOver(Batch batch) {
        return batch.status() == BatchStatus.COMPLETE || batch.status() == BatchStatus.ERROR;
    }
}
