package dev.caravan.cli.syncs;

import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Output;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code caravan list syncs}. */
@Command(
        name = "syncs",
        description = {
            "Lists the syncs, each with its newest run.",
            "",
            "ROWS is how many rows that run has read. NOTE says why it waits, or how it ended."
        })
public final class ListSyncs extends LedgerCommand {
    @Mixin
    private Output output = new Output();

    public ListSyncs(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) {
        Instant now = Instant.now();
        SyncBook book = installation.syncTools().book();
        Set<String> paused =
                installation.pauses().all().stream().map(FeedPauses.Pause::feed).collect(Collectors.toSet());
        List<SyncSummary> all = installation.syncTools().syncs().all().values().stream()
                .map(sync -> SyncSummary.of(sync, book, paused.contains(sync.name()), now))
                .toList();
        output.list(out, all, SyncSummary.COLUMNS, sync -> sync.row(now), "There is no sync: add one to routes/");
    }
}
