package dev.caravan.cli.batches;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.Table;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What commands share that change many batches which have ended. */
final class Ended {
    private static final int SHOWN = 50;

    private Ended() {}

    /** Throws {@link CommandFailed} for a status of batches that haven't ended. */
    static void mustBe(BatchStatus status, String verb) throws CommandFailed {
        if (status != BatchStatus.COMPLETE && status != BatchStatus.ERROR) {
            throw new CommandFailed("can't " + verb + " batches with status " + status.word()
                    + ": they have not ended; --status takes complete or error");
        }
    }

    static List<Batch> oldestFirst(Installation installation, BatchFilter filter) {
        List<Batch> batches = new ArrayList<>(installation.reader().list(filter, Integer.MAX_VALUE).stream()
                .map(BatchRecord::batch)
                .toList());
        Collections.reverse(batches);
        return batches;
    }

    /** A table; of many rows only the first. */
    static void show(PrintWriter out, List<List<String>> rows, List<String> columns) {
        new Table(columns, rows.stream().limit(SHOWN).toList()).print(out);
        if (rows.size() > SHOWN) {
            out.println("… and " + (rows.size() - SHOWN) + " more");
        }
    }
}
