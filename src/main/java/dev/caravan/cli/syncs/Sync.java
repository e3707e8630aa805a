package dev.caravan.cli.syncs;

import dev.caravan.base.Quantity;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Terminal;
import dev.caravan.ledger.runs.Beginning;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.pipeline.tabletoredshift.run.RunOptions;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.run.TableState;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.table.TableRefused;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan sync}. */
@Command(
        name = "sync",
        description = {
            "Runs a sync now, and says how it goes until it is over.",
            "",
            "A running instance takes it up within seconds. Who stops waiting (Ctrl-C) stops nothing: caravan describe sync says how far it"
                    + " is."
        })
public final class Sync extends LedgerCommand {
    private static final long LOOK_MILLIS = 500;

    @Parameters(paramLabel = "NAME", description = "The sync.")
    private String sync = "";

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Only this table of the source, schema.table; may be given several times.")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--full",
            description = "All rows, in the place of those that the tables have: also those that were deleted go.")
    private boolean full;

    @Option(names = "--plan", description = "Says what it would do, and changes nothing.")
    private boolean plan;

    @Option(names = "--no-wait", description = "Doesn't wait for the end.")
    private boolean noWait;

    public Sync(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        TableSync configured = SyncName.configured(installation, sync);
        RunOptions options = new RunOptions(full, tables, 0);
        if (plan) {
            plan(installation, configured, options);
            return;
        }
        if (installation.pauses().all().stream().anyMatch(pause -> pause.feed().equals(sync))) {
            throw new CommandFailed("sync " + sync + " is paused: caravan resume sync " + sync);
        }
        SyncBook book = installation.syncTools().book();
        Beginning beginning = book.ask(sync, options, System.getProperty("user.name", "?"));
        if (!(beginning instanceof Beginning.Begun begun)) {
            throw new CommandFailed(
                    beginning instanceof Beginning.Busy busy
                            ? "run " + busy.run() + " of sync " + sync + " isn't over: caravan describe sync " + sync
                                    + " says how far it is"
                            : "a run of sync " + sync + " has begun in this second: give the command again");
        }
        out.println("Run " + begun.run().id() + " is asked for");
        if (installation.instances().known().running().isEmpty()) {
            out.println("No instance runs: it begins when one does");
            return;
        }
        if (!noWait) {
            follow(book, begun.run());
        }
    }

    private void plan(Installation installation, TableSync configured, RunOptions options) throws CommandFailed {
        try {
            Terminal.print(out, PlanText.of(installation.syncTools().planner().plan(configured, options)));
        } catch (SQLException | TableRefused e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }

    private void follow(SyncBook book, Run asked) throws CommandFailed {
        String told = "";
        Run run = asked;
        try {
            while (run.status() == RunStatus.RUNNING) {
                String now = progress(run, book.tables(run));
                if (!now.equals(told)) {
                    out.println(now);
                    out.flush();
                    told = now;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                run = book.find(sync, asked.id()).orElse(run);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (run.status() == RunStatus.ERROR) {
            throw new CommandFailed("run " + run.id() + ": " + run.reason());
        }
        out.println("Run " + run.id() + " is complete: " + run.reason());
    }

    private static String progress(Run run, List<TableState> tables) {
        if (tables.isEmpty()) {
            return run.reason().isEmpty() ? "listing tables" : "waiting: " + run.reason();
        }
        long read =
                tables.stream().filter(table -> table.state().equals("read")).count();
        long failed =
                tables.stream().filter(table -> table.state().equals("failed")).count();
        long rows = tables.stream().mapToLong(TableState::rows).sum();
        return read + " of " + Quantity.count(tables.size(), "table") + " read"
                + (failed > 0 ? ", " + failed + " failed" : "")
                + ", " + Quantity.count(rows, "row")
                + (read + failed == tables.size() ? ", loading" : "")
                + (run.reason().isEmpty() ? "" : "; " + run.reason());
    }
}
