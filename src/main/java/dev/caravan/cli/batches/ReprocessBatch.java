package dev.caravan.cli.batches;

import dev.caravan.batch.Batch;
import dev.caravan.cli.shell.BatchName;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.ObjectUrl;
import dev.caravan.cli.shell.WaitNotes;
import dev.caravan.operate.steer.Refused;
import dev.caravan.operate.steer.Reprocessor;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan reprocess batch}. */
@Command(
        name = "batch",
        description = {
            "Loads a failed batch again.",
            "",
            "Do this once the cause is fixed. The batch is locked again, under its id, and a running instance loads it into every"
                    + " cluster of its feed that does not hold it: those that refused it, and those that the feed has named since. What"
                    + " is loaded is not loaded twice."
        })
public final class ReprocessBatch extends LedgerCommand {
    @Parameters(paramLabel = "ID", description = "The batch's id, as list batches shows it.")
    private String id = "";

    @Option(
            names = "--omit",
            arity = "1..*",
            paramLabel = "URL",
            converter = ObjectUrl.class,
            description = "Without these files; caravan reload loads them later, if they should be.")
    private Set<String> omit = new LinkedHashSet<>();

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description =
                    "Of the clusters that refused it, only this one; the others stay failed, and the batch with them (default: all).")
    private Optional<String> cluster = Optional.empty();

    public ReprocessBatch(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        Batch batch = BatchName.known(installation, id).batch();
        Reprocessor reprocessor = installation.reprocessor();
        try {
            Reprocessor.Plan plan = reprocessor.plan(batch, cluster, omit);
            out.println(reprocessor.reprocess(plan));
            WaitNotes.of(installation, List.of(batch.feed()), plan.change().into())
                    .forEach(out::println);
        } catch (Refused e) {
            throw new CommandFailed(e.inWords());
        }
    }
}
