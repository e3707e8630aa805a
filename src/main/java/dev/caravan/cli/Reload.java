package dev.caravan.cli;

import dev.caravan.batch.Batch;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan reload}: quarantined files of an object are tried again, each in a batch of its own. */
@Command(
        name = "reload",
        description = {
            "Loads an object that was quarantined into the clusters that refused it.",
            "",
            "Do this when what was wrong is mended, for example the table's columns. An object that was itself mended, by uploading it"
                    + " again, is another version and is loaded without this command. Given twice, it loads once."
        })
final class Reload extends LedgerCommand {
    @Parameters(
            paramLabel = "URL",
            converter = ObjectUrl.class,
            description = "The object, s3://bucket/key, nothing encoded; or percent-encoded after encoded:.")
    private String url = "";

    @Option(names = "--feed", paramLabel = "NAME", description = "Only this feed's file (default: every feed's).")
    private Optional<String> feed = Optional.empty();

    @Option(
            names = "--version",
            paramLabel = "V",
            description =
                    "Only this version id or ETag; of an object that was overwritten since, only the newest can be loaded.")
    private Optional<String> version = Optional.empty();

    Reload(PrintWriter out) {
        super(out);
    }

    @Override
    void ask(Installation installation) throws CommandFailed {
        reload(installation.ledger());
    }

    @Override
    String again() {
        return "give the command again: it loads once, however often it is given";
    }

    private void reload(Ledger ledger) throws CommandFailed {
        List<KnownFile> ofObject = ledger.known(url);
        List<KnownFile> meant = ofObject.stream()
                .filter(known -> feed.map(known.file().feed()::equals).orElse(true))
                .filter(known -> version.map(known.file().version()::equals).orElse(true))
                .toList();
        if (meant.isEmpty()) {
            throw new CommandFailed(unknown(ofObject));
        }
        List<KnownFile> quarantined = meant.stream()
                .filter(known -> !known.quarantined().isEmpty())
                .filter(known -> !Refusal.isOverwritten(known, ofObject))
                .toList();
        List<String> left = new ArrayList<>();
        for (KnownFile known : quarantined) {
            reload(ledger, known).ifPresent(left::add);
        }
        if (quarantined.isEmpty()) {
            meant.forEach(known -> left.add(Standing.inWords(known, ledger.find(known.batch()))));
        }
        if (!left.isEmpty()) {
            throw CommandFailed.of(left);
        }
    }

    /** Reloads a quarantined file, or says why and where it is left as it is. */
    private Optional<String> reload(Ledger ledger, KnownFile known) {
        Optional<Batch> batch = ledger.find(known.batch());
        if (batch.isEmpty()) {
            return Optional.of(Standing.inWords(known, batch));
        }
        Refusal refusal = Refusal.of(known, batch.get(), ledger.quarantined(batch.get()));
        if (refusal.isOpen()) {
            return Optional.of(Standing.name(known) + " is quarantined, but its batch " + known.batch()
                    + " is still being loaded: give the command again when that has ended");
        }
        Optional<String> there = refusal.thereAfterAll().map(words -> Standing.name(known) + words);
        if (refusal.missing().isEmpty()) {
            return there;
        }
        try {
            Batch own = ledger.reload(known, refusal.missing());
            out.println(Standing.name(known) + " is in batch " + own.id() + " now, which a running instance loads into "
                    + Refusal.clusters(refusal.missing()));
            there.ifPresent(out::println);
            return Optional.empty();
        } catch (Conflict e) {
            KnownFile now = ledger.known(url).stream()
                    .filter(other -> other.file().equals(known.file()))
                    .findFirst()
                    .orElse(known);
            return Optional.of("someone was faster: " + Standing.inWords(now, ledger.find(now.batch())));
        }
    }

    private String unknown(List<KnownFile> ofObject) {
        return ofObject.isEmpty()
                ? "the ledger doesn't know " + url
                        + ": its event never came, no feed wanted it, or it is older than caravan.ledger.keep"
                : "the ledger doesn't know " + url
                        + feed.map(name -> " in feed " + name).orElse("")
                        + version.map(id -> " in version " + id).orElse("") + ", but "
                        + String.join(
                                ", ",
                                ofObject.stream()
                                        .map(known -> "version " + known.file().version() + " in feed "
                                                + known.file().feed())
                                        .toList());
    }
}
