package dev.caravan.cli;

import dev.caravan.batch.Batch;
import dev.caravan.operate.Refused;
import dev.caravan.operate.Reprocessor;
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
            "Has a batch that failed loaded after all.",
            "",
            "Do this when what was wrong is mended. The batch is locked again, under its id, and a running instance loads it into every"
                    + " cluster of its feed that does not hold it: those that refused it, and those that the feed has named since. What"
                    + " is loaded is not loaded twice."
        })
final class ReprocessBatch extends LedgerCommand {
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

    ReprocessBatch(PrintWriter out) {
        super(out);
    }

    @Override
    void ask(Installation installation) throws CommandFailed {
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
