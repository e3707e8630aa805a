package dev.caravan.cli.install;

import dev.caravan.base.Nearest;
import dev.caravan.base.Quantity;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.Confirmation;
import dev.caravan.cli.shell.FeedName;
import dev.caravan.cli.shell.InstalledCommand;
import dev.caravan.cli.shell.Output;
import dev.caravan.feed.Feed;
import dev.caravan.operate.preflight.EventCheck;
import dev.caravan.operate.preflight.Finding;
import dev.caravan.operate.preflight.Finding.Verdict;
import dev.caravan.operate.preflight.Preflight;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caravan check}. */
@Command(
        name = "check",
        description = {
            "Asks everything on a feed's way whether it would let its files pass: queues, ledger, topics, buckets and their events, the"
                    + " clusters, tables, permissions, and COPY with one real file, which is not loaded (NOLOAD).",
            "",
            "Of a sync it asks the source: login, the user's rights, open transactions, and each table, of which no row is read.",
            "",
            "Of a mirror it asks both sides: rights, columns, whether keys tell rows apart (which reads them), and what would hinder its table in"
                    + " PostgreSQL.",
            "",
            "One line each: ok, warn (look at it), FAIL (what to do), skip (why it wasn't asked). The exit code is 1 if any fails."
        })
public final class Check extends InstalledCommand {
    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "The name of a feed, of a sync or of a mirror (default: all of them).")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--send-test-event",
            description =
                    "Also write an empty object under the feed's prefix, wait for its event, and delete it; asks first.")
    private boolean sendTestEvent;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            converter = Run.Length.class,
            description = "How long the test event may take (default: 1m).")
    private Duration wait = Duration.ofMinutes(1);

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Output output = new Output();

    public Check(PrintWriter out) {
        super(out);
    }

    @Override
    public void run(Installation installation) throws CommandFailed {
        List<TableSync> syncs = installation.syncTools().syncs().all().values().stream()
                .filter(sync -> name.isEmpty() || name.get().equals(sync.name()))
                .toList();
        List<TableMirror> mirrors = installation.mirrorTools().mirrors().all().values().stream()
                .filter(mirror -> name.isEmpty() || name.get().equals(mirror.name()))
                .toList();
        List<Feed> feeds = feeds(installation, !syncs.isEmpty() || !mirrors.isEmpty());
        Optional<EventCheck> events = eventCheck(installation, feeds);
        List<Finding> found = new ArrayList<>();
        Consumer<Finding> findings = finding -> {
            found.add(finding);
            if (!output.isJson()) {
                out.println(finding);
                out.flush();
            }
        };
        try (Preflight preflight = new Preflight(installation, findings)) {
            preflight.run(feeds, syncs, mirrors);
        }
        events.ifPresent(check -> findings.accept(check.run(feeds.get(0))));
        if (output.isJson()) {
            output.one(out, found.stream().map(Line::of).toList(), List::toString);
        }
        long failed = found.stream().filter(f -> f.verdict() == Verdict.FAIL).count();
        if (failed > 0) {
            throw new CommandFailed(
                    failed + " of " + Quantity.count(found.size(), "check") + (failed == 1 ? " fails" : " fail"));
        }
    }

    /** @param ofOther whether the name is a sync's or a mirror's, if there is a name */
    private List<Feed> feeds(Installation installation, boolean ofOther) throws CommandFailed {
        if (name.isEmpty()) {
            return installation.feeds().all();
        }
        Optional<Feed> feed = installation.feeds().named(name.get());
        if (feed.isPresent() || ofOther) {
            return feed.stream().toList();
        }
        SortedSet<String> names =
                new TreeSet<>(installation.syncTools().syncs().all().keySet());
        names.addAll(installation.mirrorTools().mirrors().all().keySet());
        if (names.isEmpty()) {
            return List.of(FeedName.configured(installation, name.get()));
        }
        installation.feeds().all().forEach(each -> names.add(each.name()));
        throw new CommandFailed("there is no feed, no sync and no mirror '" + name.get() + "': "
                + Nearest.hint(name.get(), names).orElse("there are " + String.join(", ", names)));
    }

    /** Asked before anything else, on standard error if standard output is for scripts. */
    private Optional<EventCheck> eventCheck(Installation installation, List<Feed> feeds) throws CommandFailed {
        if (!sendTestEvent) {
            return Optional.empty();
        }
        if (name.isEmpty() || feeds.isEmpty()) {
            throw new CommandFailed("--send-test-event wants the name of one feed");
        }
        EventCheck check = new EventCheck(installation, wait);
        PrintWriter terminal = output.isJson() ? spec.commandLine().getErr() : out;
        if (!confirmation.isGiven(terminal, check.question(feeds.get(0)), "")) {
            throw new CommandFailed("nothing was written, and nothing checked");
        }
        return Optional.of(check);
    }

    /** A finding for scripts. */
    record Line(String verdict, String about, String words) {
        static Line of(Finding finding) {
            return new Line(finding.verdict().word().toLowerCase(Locale.ROOT), finding.about(), finding.words());
        }
    }
}
