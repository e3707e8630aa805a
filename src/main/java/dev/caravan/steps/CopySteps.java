package dev.caravan.steps;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.copy.CopyFailure;
import dev.caravan.copy.CopySource;
import dev.caravan.copy.CopyStatement;
import dev.caravan.copy.IdentityColumns;
import dev.caravan.feed.BadFilePolicy;
import dev.caravan.feed.Feed;
import dev.caravan.feed.OverwritePolicy;
import dev.caravan.feed.Quantity;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.LeaseLost;
import dev.caravan.ledger.Ledger;
import dev.caravan.load.Clusters;
import dev.caravan.load.LongLoads;
import dev.caravan.outcome.AddedColumn;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import dev.caravan.outcome.Skipped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of route {@code copy}: one batch, one cluster. The SQL is {@link CopyStatement}'s; property {@code cluster} names the data source. */
public final class CopySteps {
    private static final Logger LOG = LoggerFactory.getLogger(CopySteps.class);
    private static final String STARTED = "copyStarted";
    private static final String TABLE_COLUMNS = "tableColumns";
    private static final String IDENTITIES = "identityColumns";
    private static final String UNCERTAIN = "maybeLoaded";
    private static final String LOADED = "foundLoaded";

    private final Ledger ledger;
    private final Outcomes outcomes;
    private final Clusters clusters;
    private final Retries retries;
    private final BadFiles badFiles;
    private final CopyStatement statement;
    private final Clock clock;
    private final LongLoads loads;
    private final Set<String> ledgerTables = ConcurrentHashMap.newKeySet();

    public CopySteps(
            Ledger ledger,
            Outcomes outcomes,
            Clusters clusters,
            Retries retries,
            CopyStatement statement,
            LongLoads loads,
            Clock clock) {
        this.ledger = ledger;
        this.loads = loads;
        this.outcomes = outcomes;
        this.retries = retries;
        this.clusters = clusters;
        badFiles = new BadFiles(ledger, outcomes);
        this.statement = statement;
        this.clock = clock;
    }

    /** Whether this instance hasn't yet made sure that the cluster has a ledger table for the feed's table. */
    public boolean isFirstUse(Exchange exchange) {
        exchange.setProperty(STARTED, clock.instant());
        String batch = LoadSteps.batchOf(exchange).id();
        String cluster = cluster(exchange);
        loads.begins(batch, cluster);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                loads.ends(batch, cluster);
            }
        });
        return !ledgerTables.contains(ledgerTable(exchange));
    }

    /** The SQL that creates the ledger table if it is missing. */
    public String prepare(Exchange exchange) {
        return statement.prepare(LoadSteps.feed(exchange));
    }

    /** Remembers that the ledger table is there. */
    public void prepared(Exchange exchange) {
        ledgerTables.add(ledgerTable(exchange));
    }

    /**
     * Whether the cluster has lost its ledger table, which this instance knew: it was restored to a time before. The table is made again, and the batch tried again, unless an
     * earlier attempt may have loaded it: of that only the lost table knew.
     */
    public boolean lostItsLedger(Exchange exchange) {
        CopyFailure failure = Retries.failure(exchange);
        String name = statement.ledgerTable(LoadSteps.feed(exchange).table()).replace("\"", "");
        String said = failure.problem().replace("\"", "");
        String state = failure.sqlState();
        boolean lost = (state.equals("42P01") && said.contains(name))
                || (state.equals("3F000") && said.contains(name.substring(0, name.indexOf('.'))));
        if (!lost || !ledgerTables.remove(ledgerTable(exchange))) {
            return false;
        }
        LOG.warn(
                "Cluster {} has lost {}, which is made again: was it restored? Batches that it was loaded with since may be missing"
                        + " (caravan reconcile shows them)",
                cluster(exchange),
                name);
        boolean tried = LoadSteps.wasTriedBefore(exchange)
                || exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class) > 0;
        exchange.setProperty(UNCERTAIN, tried);
        return !tried;
    }

    /** Whether the table's columns must be known. */
    public boolean wantsColumns(Exchange exchange) {
        Feed feed = LoadSteps.feed(exchange);
        return feed.isStaged() || EvolutionSteps.evolves(feed);
    }

    /** The question which columns the table has. */
    public String askColumns(Exchange exchange) {
        return statement.tableColumns(LoadSteps.feed(exchange));
    }

    /** Keeps the answer, which is in the header about columns: there are no rows. */
    public void columns(Exchange exchange) {
        Set<?> names = exchange.getMessage().getHeader(JdbcConstants.JDBC_COLUMN_NAMES, Set.of(), Set.class);
        exchange.setProperty(TABLE_COLUMNS, names.stream().map(String::valueOf).toList());
    }

    /** The question which of them number rows. */
    public String askIdentities(Exchange exchange) {
        return IdentityColumns.question(LoadSteps.feed(exchange));
    }

    /**
     * Keeps the answer.
     *
     * @throws UnloadableBatch if the feed can't load such a table
     */
    public void identities(List<Map<String, Object>> rows, Exchange exchange) {
        IdentityColumns identities = IdentityColumns.of(rows);
        exchange.setProperty(IDENTITIES, identities);
        identities.fault(LoadSteps.feed(exchange)).ifPresent(fault -> {
            throw new UnloadableBatch("batch " + LoadSteps.batchOf(exchange).id() + " isn't loaded into cluster "
                    + cluster(exchange) + ": " + fault);
        });
    }

    /** Those of the table's columns that files fill if the feed has no list of them. */
    static List<String> copiedColumns(Exchange exchange) {
        return exchange.getProperty(IDENTITIES, IdentityColumns.NONE, IdentityColumns.class)
                .copied(LoadSteps.feed(exchange), tableColumns(exchange));
    }

    @SuppressWarnings("unchecked")
    static List<String> tableColumns(Exchange exchange) {
        return exchange.getProperty(TABLE_COLUMNS, List.of(), List.class);
    }

    /** The whole load, one transaction. */
    public String load(Exchange exchange) {
        Batch batch = LoadSteps.batchOf(exchange);
        Feed feed = LoadSteps.feed(exchange);
        if (LoadSteps.isNothingLeft(exchange)) {
            return statement.nothing(feed, batch);
        }
        List<String> replaced = feed.onOverwrite() == OverwritePolicy.REPLACE
                ? LoadSteps.files(ledger, exchange).stream()
                        .map(FileEntry::url)
                        .distinct()
                        .toList()
                : List.of();
        CopySource source = new CopySource(
                batch.manifest(), copiedColumns(exchange), EvolutionSteps.added(exchange), LoadSteps.singles(exchange));
        return statement.load(feed, batch, source, replaced);
    }

    /** The question how many rows the cluster's ledger table names for this batch. */
    public String rows(Exchange exchange) {
        return statement.loaded(LoadSteps.feed(exchange), LoadSteps.batchOf(exchange));
    }

    /** Notes that the batch is loaded; the body is the answer to {@link #rows}. */
    public void loaded(List<Map<String, Object>> rows, Exchange exchange) {
        Batch batch = LoadSteps.batchOf(exchange);
        if (rows.isEmpty()) {
            throw new UnloadableBatch("the load of batch " + batch.id() + " into cluster " + cluster(exchange)
                    + " was committed, but "
                    + statement.ledgerTable(LoadSteps.feed(exchange).table())
                    + " has no row for it: was it deleted by hand? Check the table before you reprocess the batch");
        }
        clusters.works(cluster(exchange), batch.id());
        long count = number(rows.get(0), "rows");
        Instant now = clock.instant();
        long millis = Duration.between(exchange.getProperty(STARTED, now, Instant.class), now)
                .toMillis();
        List<AddedColumn> added = EvolutionSteps.added(exchange);
        Skipped skipped = SkippedSteps.skipped(exchange);
        outcomes.loaded(
                batch,
                new Outcome.Loaded(
                        cluster(exchange), now, count, millis, text(rows.get(0), "manifest"), added, skipped),
                exchange);
        LOG.info(
                "Batch {} is loaded into {} of cluster {}: {} from {} in {} ms",
                batch.id(),
                LoadSteps.feed(exchange).table(),
                cluster(exchange),
                Quantity.count(count, "row"),
                Quantity.count(batch.files(), "file"),
                millis);
        if (!skipped.isNone()) {
            LOG.warn(
                    "COPY of batch {} into cluster {} left rows out: {}{}",
                    batch.id(),
                    cluster(exchange),
                    skipped.inWords(),
                    skipped.first().isEmpty()
                            ? ""
                            : ". The first: " + skipped.first().get(0).first());
        }
        if (!added.isEmpty()) {
            LOG.info(
                    "{} of cluster {} has new columns, for batch {}: {}",
                    LoadSteps.feed(exchange).table(),
                    cluster(exchange),
                    batch.id(),
                    added);
        }
    }

    /** Quarantines the files that the cluster refused, or notes that the batch isn't loaded into it, and why. */
    public void failed(Exchange exchange) throws Conflict {
        if (isLoaded(exchange)) {
            return;
        }
        Batch batch = LoadSteps.batchOf(exchange);
        CopyFailure failure = Retries.failure(exchange);
        retries.tell(cluster(exchange), failure, batch);
        if (OverwriteSteps.isLeftOut(exchange)) {
            return;
        }
        Suspects suspects = Suspects.of(exchange);
        List<BadRow> badRows = suspects.told();
        String tooMany = SearchSteps.noFiles(exchange);
        if (suspects.isProven()
                && !badRows.isEmpty()
                && LoadSteps.feed(exchange).onBadFile() == BadFilePolicy.QUARANTINE) {
            tooMany = badFiles.quarantine(exchange, cluster(exchange), badRows);
            if (tooMany.isEmpty()) {
                return;
            }
        }
        String reason = exchange.getProperty(UNCERTAIN, false, Boolean.class)
                ? "cluster " + cluster(exchange)
                        + " has lost the table in which it notes what is loaded, so that nobody knows whether an"
                        + " earlier attempt has loaded the batch: look for its rows in "
                        + LoadSteps.feed(exchange).table() + ", and reprocess the batch if they aren't there"
                : retries.finalReason(failure) + tooMany;
        try {
            outcomes.failed(
                    batch, new Outcome.Failed(cluster(exchange), clock.instant(), reason, failure.sqlState(), badRows));
        } catch (LeaseLost e) {
            LOG.warn("{}", e.getMessage());
            return;
        }
        LOG.error(
                "Batch {} is not loaded into cluster {}: {}{}",
                batch.id(),
                cluster(exchange),
                reason,
                badRows.isEmpty() ? "" : " First refused row: " + badRows.get(0));
    }

    static boolean isLoaded(Exchange exchange) {
        return exchange.getProperty(LOADED, false, Boolean.class);
    }

    /** The cluster that is copied into; null outside of a copy. */
    static @Nullable String clusterIfAny(Exchange exchange) {
        return exchange.getProperty("cluster", String.class);
    }

    static String cluster(Exchange exchange) {
        return exchange.getProperty("cluster", String.class);
    }

    /** Notes that the load that failed, or seemed to, is in the cluster after all; the body is the answer to {@link #rows}. */
    void foundLoaded(List<Map<String, Object>> rows, Exchange exchange) {
        loaded(rows, exchange);
        exchange.setProperty(LOADED, true);
    }

    /** When the cluster's turn for the batch came; empty before, and outside of a copy. */
    static Optional<Instant> started(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(STARTED, Instant.class));
    }

    Duration sinceStart(Exchange exchange) {
        Instant now = clock.instant();
        return Duration.between(exchange.getProperty(STARTED, now, Instant.class), now);
    }

    static long number(Map<String, Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }

    static String text(Map<String, Object> row, String column) {
        Object value = row.get(column);
        return value == null ? "" : value.toString().strip();
    }

    private String ledgerTable(Exchange exchange) {
        Feed feed = LoadSteps.feed(exchange);
        return cluster(exchange) + " " + statement.ledgerTable(feed.table());
    }
}
