package dev.caravan.cli.files;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.Confirmation;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.ObjectUrl;
import dev.caravan.cli.shell.Period;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan reload}: quarantined files, of an object or many, are tried again, each in a batch of its own. */
@Command(
        name = "reload",
        description = {
            "Loads an object that was quarantined, or all that were, into the clusters that refused them.",
            "",
            "Do this once the cause is fixed, for example the table's columns. An object that was itself fixed, by uploading it"
                    + " again, is another version and is loaded without this command. Given twice, it loads once.",
            "",
            "Without an object it takes all that --batch, or --feed, --since and --until mean and that were not overwritten, shows how many there"
                    + " are, and asks before it begins; stopped halfway, the same command goes on with the others."
        })
public final class Reload extends LedgerCommand {
    @Parameters(
            arity = "0..1",
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

    @Option(names = "--batch", paramLabel = "ID", description = "All of this batch that were quarantined.")
    private Optional<String> batch = Optional.empty();

    @Mixin
    private Period period = new Period();

    @Option(names = "--dry-run", description = "Of many, only show how many would be reloaded.")
    private boolean dryRun;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    public Reload(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        boolean wantsMany = batch.isPresent() || period.isGiven();
        if (!url.isEmpty() && (wantsMany || dryRun)) {
            throw new CommandFailed("name either an object, or many by --batch, or by --feed, --since and --until");
        }
        if (url.isEmpty() && !wantsMany && feed.isEmpty()) {
            throw new CommandFailed("say what to reload: an object's URL, --batch ID, --feed NAME or --since TIME");
        }
        if (!url.isEmpty()) {
            reload(installation.ledger());
            return;
        }
        if (version.isPresent() || (batch.isPresent() && (feed.isPresent() || period.isGiven()))) {
            throw new CommandFailed("--version is for an object, and --batch stands alone");
        }
        Instant now = Instant.now();
        many(
                installation.ledger(),
                batch.isPresent()
                        ? QuarantinedFiles.of(installation, batch.get())
                        : QuarantinedFiles.of(installation, feed, period.since(now), period.until(now)));
    }

    private void many(Ledger ledger, QuarantinedFiles files) throws CommandFailed {
        long[] count = {0};
        files.forEach(known -> count[0]++);
        String counted = Quantity.count(count[0], "file");
        if (count[0] == 0 || dryRun) {
            out.println(count[0] == 0 ? "No quarantined file can be reloaded" : counted + " would be reloaded");
            return;
        }
        if (!confirmation.isGiven(out, "Reload " + counted + "?", "--dry-run")) {
            out.println("Nothing was changed");
            return;
        }
        long[] left = {0};
        files.forEach(known -> reload(ledger, known).ifPresent(why -> {
            out.println(why);
            left[0]++;
        }));
        if (left[0] > 0) {
            throw new CommandFailed(Quantity.count(left[0], "file") + " left as they were, for the reasons above");
        }
    }

    @Override
    public String again() {
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
            KnownFile now = ledger.known(known.file().url()).stream()
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
