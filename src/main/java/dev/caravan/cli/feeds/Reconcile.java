package dev.caravan.cli.feeds;

import dev.caravan.base.Quantity;
import dev.caravan.cli.queue.Redrive;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.FeedName;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Output;
import dev.caravan.cli.shell.Period;
import dev.caravan.cli.shell.Progress;
import dev.caravan.feed.Feed;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.operate.reconcile.BatchComparison;
import dev.caravan.operate.reconcile.ClusterRows;
import dev.caravan.operate.reconcile.Differences;
import dev.caravan.operate.reconcile.Reconciliation;
import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code caravan reconcile}. */
@Command(
        name = "reconcile",
        description = {
            "Compares what is in S3, in the ledger, and in the clusters' own ledger tables, and lists what differs.",
            "",
            "unknown: an object that the ledger doesn't know (younger than 10 minutes doesn't count). quarantined: a file that a"
                    + " cluster refused. stuck: a batch that should have been loaded an hour ago. failed: a batch that ended in an error."
                    + " missing: loaded by the ledger, but not in the cluster. unexpected: the other way round. It changes nothing."
                    + " What was deleted by delete batches is no difference.",
            "",
            "The exit code is 3 if anything differs."
        })
public final class Reconcile extends LedgerCommand {
    @Parameters(paramLabel = "FEED", description = "The feed's name.")
    private String feed = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Period.Time.class,
            description = "Only objects modified, and batches begun, from then on: " + Period.FORMS + ".")
    private Optional<UnaryOperator<Instant>> since = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Redrive.Count.class,
            description = "List at most so many of each kind (default: 100).")
    private int limit = 100;

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public Reconcile(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        Feed meant = FeedName.configured(installation, feed);
        Instant now = Instant.now();
        Instant wanted = since.map(time -> time.apply(now)).orElse(Instant.EPOCH);
        Differences found = new Differences(limit);
        CopyStatement statements = new CopyStatement(installation.settings().clusterSchema());
        LedgerReader reader = installation.reader();
        try (S3Client s3 = installation.clients().s3();
                Progress progress = new Progress(spec.commandLine().getErr())) {
            new Reconciliation(
                            installation.listing(s3),
                            new BatchComparison(reader, new ClusterRows(statements, installation::cluster)),
                            meant,
                            wanted,
                            installation.settings().keep(),
                            now)
                    .run(
                            found,
                            seen -> progress.tell(
                                    () -> Quantity.count(seen, "object") + " of feed " + feed + " compared so far …"));
        }
        if (!output.isJson()) {
            DeletedOnPurpose.inWords(reader.deleted(feed, wanted)).ifPresent(out::println);
        }
        output.list(
                out,
                found.listed().stream()
                        .map(difference -> new Line(difference.kind().word(), difference.what(), difference.note()))
                        .toList(),
                List.of("KIND", "WHAT", "NOTE"),
                line -> List.of(line.kind(), line.what(), line.note()),
                "S3, the ledger and the clusters agree on feed " + feed);
        if (!found.counts().isEmpty()) {
            throw new CommandFailed("feed " + feed + " has " + found.inWords(), CommandFailed.DIFFERS);
        }
    }

    /** A difference for scripts. */
    record Line(String kind, String what, String note) {}
}
