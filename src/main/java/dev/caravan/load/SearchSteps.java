package dev.caravan.load;

import dev.caravan.base.Quantity;
import dev.caravan.batch.BadFilePolicy;
import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.Ledger;
import dev.caravan.load.manifest.ManifestKey;
import dev.caravan.load.suspect.Halving;
import dev.caravan.load.suspect.NamedFiles;
import dev.caravan.load.suspect.Suspects;
import dev.caravan.outcome.BadRow;
import dev.caravan.redshift.copy.CopySource;
import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.redshift.failure.CopyFailure;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of route {@code search}: which file is it that a cluster refuses, and is it the file's fault? Every trial is rolled back. */
public final class SearchSteps {
    private static final Logger LOG = LoggerFactory.getLogger(SearchSteps.class);
    private static final String SEARCH = "search";
    private static final String MANIFEST = "searchManifest";
    private static final String NO_FILES = "noFiles";

    private final Ledger ledger;
    private final CopyStatement statement;

    public SearchSteps(Ledger ledger, CopyStatement statement) {
        this.ledger = ledger;
        this.statement = statement;
    }

    /** Whether a cluster has refused files of a feed that quarantines, and it isn't known which, or not whether they are at fault. */
    public boolean isNeeded(Exchange exchange) {
        return Retries.failure(exchange).maybeOfFiles()
                && Attempt.settings(exchange).onBadFile() == BadFilePolicy.QUARANTINE
                && !CopySteps.isLoaded(exchange)
                && !OverwriteSteps.isLeftOut(exchange)
                && !Suspects.of(exchange).isProven();
    }

    /** Begins with those that the cluster has named; with those that it may have meant; or with all that the attempt's manifest names. */
    public void begin(Exchange exchange) {
        List<FileEntry> files = Attempt.files(ledger, exchange);
        int most = Attempt.settings(exchange).maxBadFiles();
        Suspects suspects = Suspects.of(exchange);
        boolean names = Retries.failure(exchange).kind() == CopyFailure.Kind.BAD_DATA;
        Halving search = !suspects.rows().isEmpty()
                ? Halving.ofNamed(found(suspects.rows(), files), files, most, names)
                : new Halving(suspects.candidates().isEmpty() ? files : suspects.candidates(), files, most);
        exchange.setProperty(SEARCH, search);
        conclude(search, exchange);
        if (search.isOpen()) {
            LOG.info(
                    "Batch {}: cluster {} refuses it; looking {}",
                    Attempt.batchOf(exchange).id(),
                    CopySteps.cluster(exchange),
                    search.inWords());
        }
    }

    private static List<Halving.Found> found(List<BadRow> rows, List<FileEntry> files) {
        Map<String, String> reasons = new LinkedHashMap<>();
        rows.forEach(row -> reasons.putIfAbsent(row.file(), row.reason()));
        return files.stream()
                .filter(file -> reasons.containsKey(file.url()))
                .map(file -> new Halving.Found(file, reasons.getOrDefault(file.url(), "")))
                .toList();
    }

    /** Whether there is something left to try. */
    public boolean isOpen(Exchange exchange) {
        Halving search = search(exchange);
        return search != null && search.isOpen();
    }

    /** Nothing can be found out: the batch fails as a whole. */
    public void abandon(Exchange exchange) {
        exchange.removeProperty(SEARCH);
        exchange.setProperty(NO_FILES, " What else was tried has failed for another reason, which the log tells.");
    }

    /** The trial's manifest as the body; where it belongs, as properties {@code manifestBucket} and {@code manifestKey}. */
    public byte[] manifest(Exchange exchange) throws IOException {
        Batch batch = Attempt.batchOf(exchange);
        ManifestKey place = ManifestKey.of(Attempt.settings(exchange), batch.id(), batch.attempt())
                .forSearch(CopySteps.cluster(exchange));
        exchange.setProperty(MANIFEST, place.url());
        return Attempt.render(place, Objects.requireNonNull(search(exchange)).trial(), exchange);
    }

    /** The trial's SQL, which always fails. */
    public String trial(Exchange exchange) {
        CopySource source = new CopySource(
                exchange.getProperty(MANIFEST, String.class),
                CopySteps.copiedColumns(exchange),
                EvolutionSteps.added(exchange),
                List.of());
        return Objects.requireNonNull(search(exchange)).trial().isEmpty()
                ? statement.trialWithoutFiles(Attempt.target(exchange), source)
                : statement.trial(Attempt.target(exchange), source);
    }

    /**
     * What the trial's failure tells.
     *
     * @throws Exception the failure itself, if it is not about the files
     */
    public void answer(Exchange exchange) throws Exception {
        Halving search = Objects.requireNonNull(search(exchange));
        Exception caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        CopyFailure failure = Retries.judged(caught, exchange);
        if (failure.kind() == CopyFailure.Kind.READABLE) {
            search.readable();
        } else if (failure.maybeOfFiles()) {
            search.refused(failure.reason());
        } else {
            throw caught;
        }
        conclude(search, exchange);
    }

    private static void conclude(Halving search, Exchange exchange) {
        if (search.isOpen() || search.found().isEmpty()) {
            return;
        }
        int tried = search.found().size();
        if (search.isProven()) {
            Suspects suspects = Suspects.of(exchange);
            Suspects.proven(search.found().stream()
                            .flatMap(found -> cause(found, suspects))
                            .toList())
                    .keep(exchange);
        } else if (tried > 1) {
            exchange.setProperty(
                    NO_FILES,
                    " Each of " + Quantity.count(tried, "file")
                            + " is refused alone, so look at the table, its columns and the permissions first.");
        } else {
            exchange.setProperty(
                    NO_FILES,
                    " No other load shows that its file is at fault, so look at the table and the feed first.");
        }
    }

    /** What the cluster has said of it, with lines and values if it has told any. */
    private static Stream<BadRow> cause(Halving.Found found, Suspects suspects) {
        List<BadRow> rows = suspects.told().stream()
                .filter(row -> NamedFiles.mayMean(found.file().url()).test(row.file()))
                .map(row -> Suspects.of(row, found.file()))
                .toList();
        return rows.isEmpty() ? Stream.of(new BadRow(found.file().url(), 0, "", "", 0, found.reason())) : rows.stream();
    }

    /** Why no file is set aside for a failure that may be a file's, a sentence after a blank; empty if one is. */
    static String noFiles(Exchange exchange) {
        return exchange.getProperty(NO_FILES, "", String.class);
    }

    private static @Nullable Halving search(Exchange exchange) {
        return exchange.getProperty(SEARCH, Halving.class);
    }
}
