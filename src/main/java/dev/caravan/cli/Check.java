package dev.caravan.cli;

import dev.caravan.feed.Feed;
import dev.caravan.preflight.Finding;
import dev.caravan.preflight.Finding.Verdict;
import dev.caravan.preflight.Preflight;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan check}. */
@Command(
        name = "check",
        description = {
            "Asks everything on a feed's way whether it would let its files pass: queues, ledger, topics, buckets and their events, the"
                    + " clusters, tables, permissions, and COPY with one real file, which is not loaded (NOLOAD).",
            "",
            "One line each: ok, warn (look at it), FAIL (what to do), skip (why it wasn't asked). The exit code is 1 if any fails."
        })
final class Check extends InstalledCommand {
    @Parameters(paramLabel = "FEED", arity = "0..1", description = "The feed's name (default: all feeds).")
    private Optional<String> feed = Optional.empty();

    @Mixin
    private Output output = new Output();

    Check(PrintWriter out) {
        super(out);
    }

    @Override
    void run(Installation installation) throws CommandFailed {
        List<Feed> feeds = feed.isPresent()
                ? List.of(FeedName.configured(installation, feed.get()))
                : installation.feeds().all();
        List<Finding> found = new ArrayList<>();
        try (Preflight preflight = new Preflight(installation, finding -> {
            found.add(finding);
            if (!output.isJson()) {
                out.println(finding);
                out.flush();
            }
        })) {
            preflight.run(feeds);
        }
        if (output.isJson()) {
            output.one(out, found.stream().map(Line::of).toList(), List::toString);
        }
        long failed = found.stream().filter(f -> f.verdict() == Verdict.FAIL).count();
        if (failed > 0) {
            throw new CommandFailed(failed + " of " + found.size() + (failed == 1 ? " checks fails" : " checks fail"));
        }
    }

    /** A finding for scripts. */
    record Line(String verdict, String about, String words) {
        static Line of(Finding finding) {
            return new Line(finding.verdict().word().toLowerCase(Locale.ROOT), finding.about(), finding.words());
        }
    }
}
