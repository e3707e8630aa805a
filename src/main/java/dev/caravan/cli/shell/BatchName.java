package dev.caravan.cli.shell;

import dev.caravan.base.Nearest;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.startup.Installation;
import java.util.List;

/** The id of a batch, as a person typed it. */
public final class BatchName {
    private static final int LOOKED_AT = 200;

    private BatchName() {}

    /** The batch of an id; throws {@link CommandFailed} if there is none, with the id that was probably meant. */
    public static BatchRecord known(Installation installation, String id) throws CommandFailed {
        LedgerReader reader = installation.reader();
        var found = reader.find(id);
        if (found.isPresent()) {
            return found.get();
        }
        int hyphen = id.lastIndexOf('-');
        BatchFilter filter = hyphen < 1 ? BatchFilter.all() : BatchFilter.all().of(id.substring(0, hyphen));
        List<String> latest = reader.list(filter, LOOKED_AT).stream()
                .map(record -> record.batch().id())
                .toList();
        throw new CommandFailed("there is no batch '" + id + "': "
                + Nearest.hint(id, latest)
                        .orElse("caravan list batches names them, as far back as caravan.ledger.keep"));
    }
}
