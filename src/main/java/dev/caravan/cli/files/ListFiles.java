package dev.caravan.cli.files;

import dev.caravan.cli.queue.Redrive;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.FeedName;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Output;
import dev.caravan.cli.shell.Page;
import dev.caravan.cli.shell.Period;
import dev.caravan.feed.Feed;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code caravan list files}. */
@Command(
        name = "files",
        description = {
            "Lists files, newest batch first, each once, with the batch that it is in now.",
            "",
            "waiting: it is in an open batch, or in one that waits for a cluster, for the end of a pause, or to be tried again. loading: an"
                    + " instance loads it. loaded: it is in all of its clusters. failed: its batch failed. quarantined: a cluster"
                    + " refused it. superseded: its object was overwritten, and another batch has what that holds now.",
            "",
            "Files are found through their batches, which are read one by one: a narrow --since and --feed make it fast. --since and"
                    + " --until are about when a batch's first file came; without --since, batches of 7 days are looked at."
        })
public final class ListFiles extends LedgerCommand {
    private static final Duration LOOKED_AT = Duration.ofDays(7);

    @Option(names = "--feed", paramLabel = "NAME", description = "Only this feed's.")
    private Optional<String> feed = Optional.empty();

    @Option(
            names = "--prefix",
            paramLabel = "URL",
            converter = Prefix.class,
            description =
                    "Only those whose URL begins so: s3://bucket/prefix. Feeds of other prefixes are not asked: name one whose"
                            + " prefix has changed since with --feed.")
    private Optional<String> prefix = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            converter = FileState.Name.class,
            completionCandidates = FileState.Name.class,
            description = "Only in this state: ${COMPLETION-CANDIDATES} (default: any).")
    private Optional<FileState> state = Optional.empty();

    @Mixin
    private Period period = new Period();

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Redrive.Count.class,
            description = "At most so many (default: 50).")
    private int limit = 50;

    @Mixin
    private Output output = new Output();

    public ListFiles(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        BatchFilter filter = period.of(BatchFilter.all(), Instant.now(), LOOKED_AT);
        FilesOfBatch files =
                new FilesOfBatch(installation.ledger(), file -> file.url().startsWith(prefix.orElse("")), state);
        var batches = new NewestFirst(installation.reader(), feeds(installation), filter);
        List<FileSummary> found = new ArrayList<>();
        while (batches.hasNext() && found.size() < limit) {
            found.addAll(files.newest(batches.next(), limit - found.size()));
        }
        output.list(
                out,
                found,
                FileSummary.COLUMNS,
                FileSummary::row,
                "No file fits in batches since " + Page.time(filter.since()) + ": --since looks further back");
    }

    private Set<String> feeds(Installation installation) throws CommandFailed {
        if (feed.isPresent()) {
            return Set.of(FeedName.known(installation, feed.get()));
        }
        Set<String> names =
                new TreeSet<>(installation.reader().notLoaded().feeds().keySet());
        for (Feed configured : installation.feeds().all()) {
            names.add(configured.name());
            String own = "s3://" + configured.bucket() + "/" + configured.keyPrefix();
            if (prefix.filter(only -> !only.startsWith(own) && !own.startsWith(only))
                    .isPresent()) {
                names.remove(configured.name());
            }
        }
        return names;
    }

    /** What a URL begins with. */
    static final class Prefix implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (!value.matches("(?s)s3://[^/]+(/.*)?")) {
                throw new TypeConversionException(
                        "'" + value + "' is not what an object's URL begins with: write" + " s3://bucket/prefix");
            }
            return value.indexOf('/', "s3://".length()) < 0 ? value + "/" : value;
        }
    }
}
