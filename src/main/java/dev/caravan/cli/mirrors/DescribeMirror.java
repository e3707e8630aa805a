package dev.caravan.cli.mirrors;

import dev.caravan.cli.runs.RunSummary;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Output;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorBook;
import dev.caravan.startup.Installation;
import dev.caravan.startup.MirrorTools;
import java.io.PrintWriter;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan describe mirror}. */
@Command(
        name = "mirror",
        description =
                "Tells all about a mirror: its properties, what its target says that it holds, and its newest runs.")
public final class DescribeMirror extends LedgerCommand {
    private static final int RUNS = 10;

    @Parameters(paramLabel = "NAME", description = "The mirror.")
    private String mirror = "";

    @Mixin
    private Output output = new Output();

    public DescribeMirror(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        Instant now = Instant.now();
        TableMirror configured = MirrorName.configured(installation, mirror);
        MirrorTools tools = installation.mirrorTools();
        boolean paused = installation.pauses().all().stream()
                .anyMatch(pause -> pause.feed().equals(mirror));
        output.one(
                out,
                new MirrorDescription(
                        MirrorSummary.of(configured, tools.book(), paused, now),
                        configured.inForce(),
                        HeldByTarget.of(configured, tools.targets()),
                        tools.book().newest(mirror, RUNS).stream()
                                .map(run -> RunSummary.of(run, MirrorBook.options(run)))
                                .toList()),
                description -> description.text(now));
    }
}
