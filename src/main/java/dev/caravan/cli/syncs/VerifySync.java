package dev.caravan.cli.syncs;

import dev.caravan.base.Quantity;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.InstalledCommand;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import dev.caravan.pipeline.tabletoredshift.run.RunOptions;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.table.TableComparison;
import dev.caravan.pipeline.tabletoredshift.table.TableRefused;
import dev.caravan.pipeline.tabletoredshift.verify.Difference;
import dev.caravan.pipeline.tabletoredshift.verify.VerifyResult;
import dev.caravan.startup.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan verify sync}. */
@Command(
        name = "sync",
        description = {
            "Compares the tables of a sync with what its clusters have, every value of every row, and names what differs.",
            "",
            "It reads both sides whole. What was written in the source since the last run differs until the next one. The exit code is 3 if"
                    + " anything differs."
        })
public final class VerifySync extends InstalledCommand {
    @Parameters(paramLabel = "NAME", description = "The sync.")
    private String sync = "";

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Only this table of the source, schema.table; may be given several times.")
    private List<String> tables = new ArrayList<>();

    public VerifySync(PrintWriter out) {
        super(out);
    }

    @Override
    public void run(Installation installation) throws CommandFailed {
        TableSync configured = SyncName.configured(installation, sync);
        TableComparison comparison = installation.syncTools().comparison();
        List<String> differ = new ArrayList<>();
        try {
            for (TableId table :
                    installation.syncTools().planner().tables(configured, new RunOptions(false, tables, 0))) {
                for (String cluster : configured.clusters()) {
                    if (!isSame(comparison, configured, table, cluster)) {
                        differ.add(table + " in " + cluster);
                    }
                }
            }
        } catch (SQLException | TableRefused e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
        if (!differ.isEmpty()) {
            throw new CommandFailed("different: " + String.join(", ", differ), CommandFailed.DIFFERS);
        }
    }

    private boolean isSame(TableComparison comparison, TableSync configured, TableId table, String cluster) {
        try {
            VerifyResult result = comparison.compare(configured, table, cluster);
            out.println(table + " in " + cluster + ": "
                    + (result.isSame()
                            ? "the same " + Quantity.count(result.rowsSource(), "row")
                            : Quantity.count(result.rowsSource(), "row") + " in the source, " + result.rowsTarget()
                                    + " in Redshift"));
            result.differences().forEach(difference -> out.println("  " + inWords(difference)));
            out.flush();
            return result.isSame();
        } catch (IOException | SQLException | TableRefused | ValueRefused e) {
            out.println(table + " in " + cluster + " can't be compared: " + e.getMessage());
            return false;
        }
    }

    private static String inWords(Difference difference) {
        String keys = difference.keys().stream()
                .map(key -> key.key() + " " + key.kind().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return difference.range() + ": " + Quantity.count(difference.rowsSource(), "row") + " in the source, "
                + difference.rowsTarget() + " in Redshift" + (keys.isEmpty() ? "" : ": " + keys);
    }
}
