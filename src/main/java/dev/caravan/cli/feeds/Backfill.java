package dev.caravan.cli.feeds;

import dev.caravan.base.Quantity;
import dev.caravan.base.aws.AwsRefused;
import dev.caravan.cli.queue.Queue;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.Confirmation;
import dev.caravan.cli.shell.FeedName;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Output;
import dev.caravan.cli.shell.Period;
import dev.caravan.cli.shell.Progress;
import dev.caravan.cli.shell.Terminal;
import dev.caravan.feed.Feed;
import dev.caravan.operate.backfill.BackfillPlan;
import dev.caravan.operate.backfill.EventSender;
import dev.caravan.operate.backfill.Memory;
import dev.caravan.operate.backfill.UnknownFiles;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code caravan backfill}. */
@Command(
        name = "backfill",
        description = {
            "Loads what is in S3 and the ledger doesn't know: files from before the feed was there, or whose events were lost.",
            "",
            "Objects older than caravan.ledger.keep, of which the ledger may have forgotten that they were loaded, are left out and counted.",
            "",
            "It lists the feed's objects, shows what it would add, and sends the queue an event for each, from which running instances load"
                    + " them like any other. Nothing is loaded twice: it may be given at any time, stopped halfway, and given again."
        })
public final class Backfill extends LedgerCommand {
    @Parameters(paramLabel = "FEED", description = "The feed's name.")
    private String feed = "";

    @Option(
            names = "--prefix",
            paramLabel = "KEY",
            description = "Only objects whose keys begin so (default: the feed's prefix, with which it must begin).")
    private Optional<String> prefix = Optional.empty();

    @Mixin
    private Period period = new Period();

    @Option(
            names = "--include-forgotten",
            description =
                    "Also objects older than caravan.ledger.keep, which may have been loaded before and would be a second time.")
    private boolean forgotten;

    @Option(names = "--plan", description = "Only show what would be added.")
    private boolean planOnly;

    @Option(
            names = "--rate",
            paramLabel = "N",
            converter = Rate.class,
            description = "Send so many files a second at most (default: 200).")
    private double rate = 200;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public Backfill(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        Feed meant = FeedName.configured(installation, feed);
        String keys = keys(meant);
        Instant now = Instant.now();
        Memory memory = Memory.of(installation.settings().keep(), now);
        CommandFailed.ifAny(installation.fault());
        try (S3Client s3 = installation.clients().s3();
                SqsClient sqs = installation.clients().sqs()) {
            Queue queue = Queue.of(
                    installation, sqs, "caravan.queue", installation.settings().queue());
            var listing = installation.listing(s3);
            var files = new UnknownFiles(listing, meant, keys, period.since(now), period.until(now), memory, forgotten);
            BackfillPlan plan = plan(files);
            BackfillReport report = BackfillReport.of(files, plan, rate);
            if (planOnly || plan.files() == 0) {
                output.one(out, report, BackfillReport::inWords);
                return;
            }
            if (!output.isJson()) {
                Terminal.print(out, report.inWords());
            }
            if (!confirmation.isGiven(
                    out, "Send " + Quantity.count(plan.files(), "file") + " to " + queue.name() + "?", "--plan")) {
                throw new CommandFailed("nothing was sent");
            }
            BackfillReport done = report.with(send(files, plan, new EventSender(sqs, queue.url(), rate)));
            output.one(out, done, r -> r.doneInWords(queue.name(), Duration.between(now, Instant.now())));
        }
    }

    private String keys(Feed meant) throws CommandFailed {
        if (meant.bucket().isEmpty()) {
            throw new CommandFailed(
                    "feed '" + feed + "' has no prefix: write the bucket/prefix whose objects are loaded");
        }
        String keys = prefix.orElse(meant.keyPrefix());
        if (!keys.startsWith(meant.keyPrefix())) {
            throw new CommandFailed("feed '" + feed + "' gets no object whose key begins with '" + keys
                    + "', only those below its prefix: write --prefix '" + meant.keyPrefix() + "…'");
        }
        return keys;
    }

    private BackfillPlan plan(UnknownFiles files) {
        try (Progress progress = progress()) {
            return files.plan(seen ->
                    progress.tell(() -> Quantity.count(seen, "file") + " of feed " + feed + " listed so far …"));
        }
    }

    private long send(UnknownFiles files, BackfillPlan plan, EventSender sender) throws CommandFailed {
        try (Progress progress = progress()) {
            files.forEach(object -> {
                long sent = sender.add(object);
                progress.tell(() -> String.format(
                        Locale.ROOT,
                        "%,d of %s sent, about %s left …",
                        sent,
                        Quantity.count(plan.files(), "file"),
                        Quantity.inWords(Duration.ofSeconds((long) (Math.max(0, plan.files() - sent) / rate)))));
            });
            return sender.flush();
        } catch (AwsRefused e) {
            throw new CommandFailed(e.getMessage() + "; " + Quantity.count(sender.sent(), "file")
                    + " sent until then: give the command again, it leaves out what is loaded or on its way by then");
        }
    }

    @Override
    public String again() {
        return "give the command again: it leaves out what the ledger knows by then";
    }

    private Progress progress() {
        return new Progress(spec.commandLine().getErr());
    }

    /** A number from 0.1 to 100,000. */
    static final class Rate implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            if (!value.matches("\\d{1,6}(\\.\\d{1,3})?")
                    || Double.parseDouble(value) < 0.1
                    || Double.parseDouble(value) > 100_000) {
                throw new TypeConversionException("'" + value + "' is not a number from 0.1 to 100000");
            }
            return Double.valueOf(value);
        }
    }
}
