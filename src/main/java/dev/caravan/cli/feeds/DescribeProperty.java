package dev.caravan.cli.feeds;

import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.Described;
import dev.caravan.cli.shell.Terminal;
import dev.caravan.feed.property.FeedProperties;
import dev.caravan.pipeline.redshifttopostgres.mirror.MirrorProperties;
import dev.caravan.pipeline.tabletoredshift.sync.SyncProperties;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code caravan describe property}. It looks at no installation. */
@Command(
        name = "property",
        description =
                "Says what a property of a feed, a sync or a mirror means, how it is written, and its default; without a name, of all of them.")
public final class DescribeProperty implements Callable<Integer> {
    private final PrintWriter out;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "The property's name, for example batchSize.")
    private String name = "";

    public DescribeProperty(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed {
        Terminal.print(
                out,
                new Described("property", FeedProperties.ALL, SyncProperties.ALL, MirrorProperties.ALL).named(name));
        out.flush();
        return 0;
    }

    /** What a shell completes. */
    private static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Described.names(FeedProperties.ALL, SyncProperties.ALL, MirrorProperties.ALL)
                    .iterator();
        }
    }
}
