package dev.caravan.cli.files;

import dev.caravan.batch.QuarantinedFile;
import dev.caravan.cli.feeds.FeedState;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.ObjectUrl;
import dev.caravan.cli.shell.Output;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan describe file}. */
@Command(
        name = "file",
        description = {
            "Shows what became of an object: every version of it in every feed, in each cluster, and what to do next.",
            "",
            "If the ledger doesn't know it, it says why that may be, and whether the object is in S3."
        })
public final class DescribeFile extends LedgerCommand {
    @Parameters(
            paramLabel = "URL",
            converter = ObjectUrl.class,
            description = "The object, s3://bucket/key, nothing encoded; or percent-encoded after encoded:.")
    private String url = "";

    @Mixin
    private Output output = new Output();

    public DescribeFile(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        Ledger ledger = installation.ledger();
        LedgerReader reader = installation.reader();
        Feeds feeds = installation.feeds();
        List<KnownFile> ofObject = ledger.known(url);
        if (ofObject.isEmpty()) {
            throw new UnknownFile(installation, url).inWords();
        }
        List<FeedPauses.Pause> pauses = installation.pauses().all();
        List<FileDescription.Version> versions = ofObject.stream()
                .sorted(Comparator.comparing((KnownFile known) -> known.file().created())
                        .reversed())
                .map(known -> {
                    Optional<BatchRecord> batch = reader.find(known.batch());
                    List<QuarantinedFile> setAside = batch.map(record -> ledger.quarantined(record.batch()))
                            .orElse(List.of());
                    return new FileVersion(
                                    known,
                                    batch,
                                    setAside,
                                    feeds.named(known.file().feed()),
                                    installation.waits(batch.stream().toList()))
                            .described(
                                    Refusal.isOverwritten(known, ofObject),
                                    FeedState.Paused.of(known.file().feed(), pauses)
                                            .isPresent());
                })
                .toList();
        output.one(out, new FileDescription(url, versions), FileDescription::inWords);
    }
}
