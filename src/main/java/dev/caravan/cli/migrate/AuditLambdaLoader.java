package dev.caravan.cli.migrate;

import dev.caravan.base.Quantity;
import dev.caravan.base.aws.AwsRefused;
import dev.caravan.cli.queue.Queue;
import dev.caravan.cli.queue.Redrive;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.Confirmation;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Output;
import dev.caravan.cli.shell.Period;
import dev.caravan.cli.shell.Progress;
import dev.caravan.cli.shell.Terminal;
import dev.caravan.migrate.lambdaloader.AuditReport;
import dev.caravan.migrate.lambdaloader.LoaderAudit;
import dev.caravan.operate.backfill.EventSender;
import dev.caravan.operate.backfill.Memory;
import dev.caravan.s3.event.ObjectCreated;
import dev.caravan.s3.listing.ListedObject;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code caravan audit lambda-loader}. */
@Command(
        name = "lambda-loader",
        description = {
            "Lists the files that the AWS loader (aws-lambda-redshift-loader) marked as processed and never loaded.",
            "",
            "It compares the files of each batch that is complete with the batch's manifest in S3. It also lists files that were loaded twice,"
                    + " batches that stay locked, and prefixes that take no more files because their open batch fills its item in"
                    + " DynamoDB. It changes nothing there; --load sends the queue an event for each lost file that a feed wants, from which"
                    + " running instances load it like any other, once. What Caravan has loaded since is only counted.",
            "",
            "The exit code is 3 if files are lost and not sent."
        })
public final class AuditLambdaLoader extends LedgerCommand {
    private static final double FILES_PER_SECOND = 200;

    @Mixin
    private LoaderPlace place = new LoaderPlace();

    @Mixin
    private Period period = new Period();

    @Option(names = "--load", description = "Have the lost files loaded; asks, unless --yes.")
    private boolean load;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Redrive.Count.class,
            description = "List at most so many of each kind (default: 100).")
    private int limit = 100;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public AuditLambdaLoader(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        Memory memory = Memory.of(installation.settings().keep(), Instant.now());
        CommandFailed.ifAny(installation.fault());
        try (S3Client s3 = installation.clients().s3()) {
            AuditReport report = report(installation, s3);
            LoaderLosses losses = LoaderLosses.of(report, installation.feeds(), memory, LoadedSince.of(installation));
            AuditSummary summary = AuditSummary.of(report, losses, limit);
            if (!load || losses.loadable().isEmpty()) {
                output.one(out, summary, AuditSummary::inWords);
            } else {
                if (!output.isJson()) {
                    Terminal.print(out, summary.inWords());
                }
                AuditSummary done = summary.with(send(installation, losses.loadable()));
                output.one(out, done, AuditSummary::sentInWords);
            }
            left(losses.files().size() - (load ? losses.loadable().size() : 0));
        }
    }

    private AuditReport report(Installation installation, S3Client s3) {
        Instant now = Instant.now();
        Instant since = period.since(now);
        Instant until = period.until(now);
        try (Progress progress = new Progress(spec.commandLine().getErr())) {
            return new LoaderAudit(
                            place.tables(installation), s3, time -> !time.isBefore(since) && time.isBefore(until), now)
                    .run(read -> progress.tell(() -> Quantity.count(read, "manifest") + " read so far …"));
        }
    }

    private long send(Installation installation, List<ListedObject> files) throws CommandFailed {
        try (SqsClient sqs = installation.clients().sqs()) {
            Queue queue = Queue.of(
                    installation, sqs, "caravan.queue", installation.settings().queue());
            if (!confirmation.isGiven(
                    out,
                    "Send " + Quantity.count(files.size(), "file") + " to " + queue.name() + "?",
                    "without --load it")) {
                throw new CommandFailed("nothing was sent");
            }
            EventSender sender = new EventSender(sqs, queue.url(), FILES_PER_SECOND);
            try {
                for (ListedObject file : files) {
                    ObjectCreated object = file.object();
                    sender.add(object);
                }
                return sender.flush();
            } catch (AwsRefused e) {
                throw new CommandFailed(e.getMessage() + "; " + Quantity.count(sender.sent(), "file")
                        + " sent until then: give the command again, no file is loaded twice");
            }
        }
    }

    private void left(int lost) throws CommandFailed {
        if (lost > 0) {
            throw new CommandFailed(
                    "the AWS loader lost " + Quantity.count(lost, "file")
                            + (load
                                    ? " that can't be loaded as things are: their notes say why"
                                    : ": --load has those loaded that a feed wants"),
                    CommandFailed.DIFFERS);
        }
    }
}
