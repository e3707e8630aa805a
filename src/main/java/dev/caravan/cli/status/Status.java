package dev.caravan.cli.status;

import dev.caravan.cli.feeds.FeedsNow;
import dev.caravan.cli.queue.QueueDepth;
import dev.caravan.cli.queue.Redrive;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Output;
import dev.caravan.cli.shell.Terminal;
import dev.caravan.cli.shell.Watch;
import dev.caravan.ledger.notes.Instances;
import dev.caravan.ledger.notes.Instances.Instance;
import dev.caravan.startup.Installation;
import dev.caravan.startup.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.stream.Collectors;
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
            "Shows the state of feeds, clusters and queues on one screen.",
            "",
            "The columns of the feeds are those of list feeds. A cluster that is held takes no loads: one load at a time tries whether it is"
                    + " back. One that doesn't let an instance in is loaded into by the others. In flight are messages that an instance works on. SQS counts roughly. An instance"
                    + " says every 20 s that it runs, and is taken for dead after 70 s without a word. Unmatched are the objects of the last"
                    + " week that no feed wanted: is a feed missing, or its prefix misspelt? Quarantined are the files that a cluster refused and"
                    + " that were neither reloaded nor overwritten since."
        })
public final class Status extends LedgerCommand {
    /** The cursor goes to the corner, and what is behind it is erased. */
    private static final String CLEAR = "\u001b[H\u001b[J";

    @Option(
            names = "--watch",
            arity = "0..1",
            fallbackValue = "5",
            paramLabel = "SECONDS",
            converter = Redrive.Count.class,
            description = "Repeat every so many seconds (default: 5) until ctrl-C.")
    private int seconds;

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public Status(PrintWriter out) {
        super(out);
    }

    @Override
    public void run(Installation installation) throws CommandFailed {
        if (seconds == 0) {
            super.run(installation);
        } else {
            new Watch(spec.commandLine().getErr(), seconds).repeat(() -> super.run(installation));
        }
    }

    @Override
    public void ask(Installation installation) {
        Settings settings = installation.settings();
        Instant now = Instant.now();
        FeedsNow feeds = new FeedsNow(installation, now);
        Instances.Known known = installation.instances().known();
        try (SqsClient sqs = installation.clients().sqs()) {
            StatusReport report = new StatusReport(
                    now,
                    feeds.all(),
                    ClusterState.all(
                            feeds.clusters(),
                            installation.holds().all(),
                            known.running().stream().map(Instance::name).collect(Collectors.toSet())),
                    QueueDepth.of(installation, sqs, "caravan.queue", settings.queue()),
                    QueueDepth.of(installation, sqs, "caravan.dead-letter-queue", settings.deadLetterQueue()),
                    QuarantinedState.of(installation),
                    InstanceState.running(known),
                    InstanceState.lastSeen(known),
                    installation.unmatched().all(),
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
