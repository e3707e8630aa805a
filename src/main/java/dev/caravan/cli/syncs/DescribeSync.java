package dev.caravan.cli.syncs;

import dev.caravan.cli.runs.RunSummary;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Output;
import dev.caravan.ledger.runs.Run;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan describe sync}. */
@Command(
        name = "sync",
        description = "Tells all about a sync: its properties, its newest runs, and the tables of the last.")
public final class DescribeSync extends LedgerCommand {
    private static final int RUNS = 10;

    @Parameters(paramLabel = "NAME", description = "The sync.")
    private String sync = "";

    @Mixin
    private Output output = new Output();

    public DescribeSync(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        Instant now = Instant.now();
        TableSync configured = SyncName.configured(installation, sync);
        SyncBook book = installation.syncTools().book();
        List<Run> runs = book.newest(sync, RUNS);
        boolean paused = installation.pauses().all().stream()
                .anyMatch(pause -> pause.feed().equals(sync));
        output.one(
                out,
                new SyncDescription(
                        SyncSummary.of(configured, book, paused, now),
                        configured.inForce(),
                        runs.stream()
                                .map(run -> RunSummary.of(run, SyncBook.options(run)))
                                .toList(),
                        runs.isEmpty() ? List.of() : book.tables(runs.get(0))),
                description -> description.text(now));
    }
}
