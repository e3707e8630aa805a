package dev.caravan.cli.mirrors;

import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Output;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.startup.Installation;
import dev.caravan.startup.MirrorTools;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code caravan list mirrors}. */
@Command(
        name = "mirrors",
        description = {
            "Lists the mirrors, each with its newest run.",
            "",
            "FRESH is how old the newest run is that is complete: the target is as the source was then. NOTE says why the newest run waits,"
                    + " or how it ended."
        })
public final class ListMirrors extends LedgerCommand {
    @Mixin
    private Output output = new Output();

    public ListMirrors(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) {
        Instant now = Instant.now();
        MirrorTools tools = installation.mirrorTools();
        Set<String> paused =
                installation.pauses().all().stream().map(FeedPauses.Pause::feed).collect(Collectors.toSet());
        List<MirrorSummary> all = tools.mirrors().all().values().stream()
                .map(mirror -> MirrorSummary.of(mirror, tools.book(), paused.contains(mirror.name()), now))
                .toList();
        output.list(
                out, all, MirrorSummary.COLUMNS, mirror -> mirror.row(now), "There is no mirror: add one to routes/");
    }
}
