package dev.caravan.cli;

import dev.caravan.startup.Installation;
import dev.caravan.startup.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code caravan status}: one screen. */
@Command(
        name = "status",
        description = {
            "Shows how it stands with the feeds, the clusters and the queues, on one screen.",
            "",
            "The columns of the feeds are those of list feeds. A cluster that is held takes no loads: one load at a time tries whether it is"
                    + " back. In flight are messages that an instance works on. SQS counts roughly."
        })
final class Status extends LedgerCommand {
    /** The cursor goes to the corner, and what is behind it is erased. */
    private static final String CLEAR = "\u001b[H\u001b[J";

    @Option(
            names = "--watch",
            arity = "0..1",
            fallbackValue = "5",
            paramLabel = "SECONDS",
            converter = Redrive.Count.class,
            description = "Again and again, with so many seconds between (default: 5), until ctrl-C.")
    private int seconds;

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Status(PrintWriter out) {
        super(out);
    }

    @Override
    void run(Installation installation) throws CommandFailed {
        if (seconds == 0) {
            super.run(installation);
        } else {
            new Watch(spec.commandLine().getErr(), seconds).repeat(() -> super.run(installation));
        }
    }

    @Override
    void ask(Installation installation) {
        Settings settings = installation.settings();
        Instant now = Instant.now();
        FeedsNow feeds = new FeedsNow(installation, now);
        try (SqsClient sqs = installation.clients().sqs()) {
            StatusReport report = new StatusReport(
                    now,
                    feeds.all(),
                    ClusterState.all(feeds.clusters(), installation.holds().all()),
                    QueueDepth.of(installation, sqs, "caravan.queue", settings.queue()),
                    QueueDepth.of(installation, sqs, "caravan.dead-letter-queue", settings.deadLetterQueue()),
                    settings.noLoadWindows().endAt(now).orElse(null));
            show(report, feeds.caveat());
        }
    }

    /** In one piece, lest a screen that is shown again flickers. */
    private void show(StatusReport report, String caveat) {
        StringWriter screen = new StringWriter();
        output.one(new Terminal(new PrintWriter(screen)), report, all -> all.inWords(caveat));
        boolean again = seconds > 0 && !output.isJson();
        boolean terminal = again && Ansi.AUTO.enabled();
        Terminal.printRaw(out, (terminal ? CLEAR : "") + screen + (again && !terminal ? System.lineSeparator() : ""));
        out.flush();
    }
}
