package dev.caravan.steps;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.copy.CopyFailure;
import dev.caravan.copy.CopySource;
import dev.caravan.copy.CopyStatement;
import dev.caravan.feed.BadFilePolicy;
import dev.caravan.ledger.Ledger;
import dev.caravan.manifest.ManifestKey;
import dev.caravan.outcome.BadRow;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of route {@code search}: which file does a cluster refuse that names none? Every trial is rolled back. */
public final class SearchSteps {
    private static final Logger LOG = LoggerFactory.getLogger(SearchSteps.class);
    private static final String SEARCH = "search";
    private static final String MANIFEST = "searchManifest";
    private static final String ALL_REFUSED = "allRefused";

    private final Ledger ledger;
    private final CopyStatement statement;

    public SearchSteps(Ledger ledger, CopyStatement statement) {
        this.ledger = ledger;
        this.statement = statement;
    }

    /** Whether a cluster has refused files of a feed that quarantines, without saying which; or S3 has refused it one, and maybe others. */
    public boolean isNeeded(Exchange exchange) {
        return refusesFiles(Retries.failure(exchange))
                && LoadSteps.feed(exchange).onBadFile() == BadFilePolicy.QUARANTINE
                && !CopySteps.isLoaded(exchange)
                && !OverwriteSteps.isLeftOut(exchange)
                && CopySteps.badRows(exchange).isEmpty();
    }

    private static boolean refusesFiles(CopyFailure failure) {
        return failure.kind() == CopyFailure.Kind.BAD_DATA || failure.deniesAnObject();
    }

    /** Begins with all files that the attempt's manifest names, or with the one that S3 refuses. */
    public void begin(Exchange exchange) {
        List<FileEntry> files = LoadSteps.files(ledger, exchange);
        int most = LoadSteps.feed(exchange).maxBadFiles();
        CopyFailure failure = Retries.failure(exchange);
        Halving search = failure.deniesAnObject()
                ? files.stream()
                        .filter(file ->
                                failure.reading().filter(file.url()::equals).isPresent())
                        .findFirst()
                        .map(named -> Halving.ofNamed(named, failure.reason(), files, most))
                        .orElseGet(() -> new Halving(files, most))
                : new Halving(files, most);
        exchange.setProperty(SEARCH, search);
        conclude(search, exchange);
        LOG.info(
                "Batch {}: cluster {} refuses it; looking for the file that is at fault among {}",
                LoadSteps.batchOf(exchange).id(),
                CopySteps.cluster(exchange),
                files.size());
    }

    /** Whether there is something left to try. */
    public boolean isOpen(Exchange exchange) {
        Halving search = search(exchange);
        return search != null && search.isOpen();
    }

    /** Nothing can be found out: the batch fails as a whole. */
    public void abandon(Exchange exchange) {
        exchange.removeProperty(SEARCH);
    }

    /** The trial's manifest as the body; where it belongs, as property {@code manifestBucket} and headers for the S3 endpoint. */
    public byte[] manifest(Exchange exchange) throws IOException {
        Batch batch = LoadSteps.batchOf(exchange);
        ManifestKey place = ManifestKey.of(LoadSteps.feed(exchange), batch.id(), batch.attempt())
                .forSearch(CopySteps.cluster(exchange));
        exchange.setProperty(MANIFEST, place.url());
        return LoadSteps.render(place, Objects.requireNonNull(search(exchange)).trial(), exchange);
    }

    /** The trial's SQL, which always fails. */
    public String trial(Exchange exchange) {
        return statement.trial(
                LoadSteps.feed(exchange),
                new CopySource(
                        exchange.getProperty(MANIFEST, String.class),
                        CopySteps.copiedColumns(exchange),
                        EvolutionSteps.added(exchange),
                        List.of()));
    }

    /**
     * What the trial's failure tells.
     *
     * @throws Exception the failure itself, if it is not about the files
     */
    public void answer(Exchange exchange) throws Exception {
        Halving search = Objects.requireNonNull(search(exchange));
        Exception caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        CopyFailure failure = CopyFailure.of(caught);
        if (failure.kind() == CopyFailure.Kind.READABLE) {
            search.readable();
        } else if (refusesFiles(failure)) {
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
        if (search.isProven()
                || search.found().size() > LoadSteps.feed(exchange).maxBadFiles()) {
            CopySteps.setBadRows(
                    exchange,
                    search.found().stream()
                            .map(found -> new BadRow(found.file().url(), 0, "", "", 0, found.reason()))
                            .toList());
        } else if (search.found().size() > 1) {
            exchange.setProperty(
                    ALL_REFUSED,
                    " Each of its " + search.found().size()
                            + " files is refused alone, so look at the table and the permissions first.");
        }
    }

    /** What a search found that is no one file's fault, a sentence after a blank; empty if it found nothing of the kind. */
    static String refusesAll(Exchange exchange) {
        return exchange.getProperty(ALL_REFUSED, "", String.class);
    }

    private static @Nullable Halving search(Exchange exchange) {
        return exchange.getProperty(SEARCH, Halving.class);
    }
}
