package dev.caravan.cli.syncs;

import dev.caravan.base.Shown;
import dev.caravan.cli.runs.Following;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Terminal;
import dev.caravan.ledger.runs.Run;
import dev.caravan.operate.steer.Refused;
import dev.caravan.operate.steer.SyncOperator;
import dev.caravan.pipeline.tabletoredshift.run.RunOptions;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.run.SyncPlanner;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.table.TablePlan;
import dev.caravan.pipeline.tabletoredshift.table.TableRefused;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
        if (!tables.isEmpty()) {
            refuseOthersTables(installation, configured, options);
        }
        Run run = begin(installation, options);
        SyncBook book = installation.syncTools().book();
        new Following(out, found -> RunProgress.of(found, book.tables(found)))
                .asked(installation, run, !noWait, () -> book.find(sync, run.id()));
    }

    private Run begin(Installation installation, RunOptions options) throws CommandFailed {
        try {
            return new SyncOperator(installation.syncTools().book(), installation.pauses())
                    .begin(sync, options, System.getProperty("user.name", "?"));
        } catch (Refused e) {
            throw new CommandFailed(e.inWords());
        }
    }

    /** Of a source that can't be asked from here, the run itself refuses them. */
    private void refuseOthersTables(Installation installation, TableSync configured, RunOptions options)
            throws CommandFailed {
        try {
            var unused = installation.syncTools().planner().tables(configured, options);
        } catch (TableRefused e) {
            throw new CommandFailed(e.getMessage() + ". Nothing was begun");
        } catch (SQLException e) {
            out.println("Whether the tables are the sync's, the run will say, for the source doesn't answer here: "
                    + Shown.line(String.valueOf(e.getMessage())));
        }
    }

    private void plan(Installation installation, TableSync configured, RunOptions options) throws CommandFailed {
        try {
            SyncPlanner planner = installation.syncTools().planner();
            List<TablePlan> plans = planner.plan(configured, options);
            Terminal.print(out, PlanText.of(plans, planner.together(configured, options, plans)));
        } catch (SQLException | TableRefused e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }
}
