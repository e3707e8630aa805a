package dev.caravan.cli.batches;

import dev.caravan.batch.Batch;
import dev.caravan.cli.shell.BatchName;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.WaitNotes;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.read.BatchNote;
import dev.caravan.operate.steer.Refused;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code caravan unlock batch}. */
@Command(
        name = "batch",
        description = {
            "Frees a locked batch: any running instance takes it up now.",
            "",
            "For a batch whose owner hangs, or that waits longer than it needs to. Without this, it is taken up when its lease or its pause is"
                    + " over. An owner that is still at it can't change the batch any more, and what it may yet load is not loaded twice."
        })
public final class UnlockBatch extends LedgerCommand {
    @Parameters(paramLabel = "ID", description = "The batch's id, as list batches shows it.")
    private String id = "";

    public UnlockBatch(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        BatchRecord record = BatchName.known(installation, id);
        Batch batch = record.batch();
        String before = record.owner()
                .map(owner -> "owner was " + owner)
                .orElseGet(() -> BatchNote.of(record, installation.waits(List.of(record))));
        try {
            out.println(installation.operator().unlock(record) + " (" + before + ")");
        } catch (Refused e) {
            throw new CommandFailed(e.inWords());
        }
        WaitNotes.of(installation, List.of(batch.feed()), List.of()).forEach(out::println);
    }
}
