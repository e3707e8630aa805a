package dev.caravan.load;

import dev.caravan.base.Quantity;
import dev.caravan.batch.BadFilePolicy;
import dev.caravan.batch.Batch;
import dev.caravan.batch.ExchangeProperties;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.OverwritePolicy;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.LeaseLost;
import dev.caravan.ledger.Ledger;
import dev.caravan.load.suspect.Suspects;
import dev.caravan.outcome.AddedColumn;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import dev.caravan.outcome.Skipped;
import dev.caravan.redshift.admission.Clusters;
import dev.caravan.redshift.admission.LongLoads;
import dev.caravan.redshift.copy.CopySource;
import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.redshift.copy.IdentityColumns;
import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.redshift.target.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final String LOADED = "foundLoaded";

    private final Ledger ledger;
    private final Outcomes outcomes;
    private final Clusters clusters;
    private final Retries retries;
    private final BadFiles badFiles;
    private final CopyStatement statement;
    private final Clock clock;
    private final LongLoads loads;
    private final KnownLedgerTables ledgerTables;

    public CopySteps(
            Ledger ledger,
            Outcomes outcomes,
            Clusters clusters,
            Retries retries,
            CopyStatement statement,
            KnownLedgerTables ledgerTables,
            LongLoads loads,
            Clock clock) {
        this.ledger = ledger;
        this.loads = loads;
        this.outcomes = outcomes;
        this.retries = retries;
        this.clusters = clusters;
        badFiles = new BadFiles(ledger, outcomes);
        this.statement = statement;
        this.ledgerTables = ledgerTables;
        this.clock = clock;
    }

    /** Whether this instance hasn't yet made sure that the cluster has a ledger table for the feed's table. */
    public boolean isFirstUse(Exchange exchange) {
        exchange.setProperty(STARTED, clock.instant());
        String batch = Attempt.batchOf(exchange).id();
        String cluster = cluster(exchange);
        loads.begins(batch, cluster);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                loads.ends(batch, cluster);
            }
        });
        return !ledgerTables.has(exchange);
    }

    /** The SQL that creates the ledger table if it is missing. */
    public String prepare(Exchange exchange) {
        return statement.prepare(Attempt.target(exchange), Attempt.batchOf(exchange));
    }

    /** Remembers that the ledger table is there. */
    public void prepared(Exchange exchange) {
        ledgerTables.add(exchange);
    }

    /** Whether the table's columns must be known. */
    public boolean wantsColumns(Exchange exchange) {
        Target target = Attempt.target(exchange);
        return target.isStaged() || EvolutionSteps.evolves(target);
    }

    /** The question which columns the table has. */
    public String askColumns(Exchange exchange) {
        return statement.tableColumns(Attempt.target(exchange));
    }

    /** Keeps the answer, which is in the header about columns: there are no rows. */
    public void columns(Exchange exchange) {
        Set<?> names = exchange.getMessage().getHeader(JdbcConstants.JDBC_COLUMN_NAMES, Set.of(), Set.class);
        exchange.setProperty(TABLE_COLUMNS, names.stream().map(String::valueOf).toList());
    }

    /** The question which of them number rows. */
    public String askIdentities(Exchange exchange) {
        return IdentityColumns.question(Attempt.target(exchange));
    }

    /**
     * Keeps the answer.
     *
     * @throws UnloadableBatch if the feed can't load such a table
     */
    public void identities(List<Map<String, Object>> rows, Exchange exchange) {
        IdentityColumns identities = IdentityColumns.of(rows);
        exchange.setProperty(IDENTITIES, identities);
        identities.fault(Attempt.target(exchange)).ifPresent(fault -> {
            throw new UnloadableBatch("batch " + Attempt.batchOf(exchange).id() + " isn't loaded into cluster "
                    + cluster(exchange) + ": " + fault);
        });
    }

    /** Those of the table's columns that files fill if the feed has no list of them. */
    static List<String> copiedColumns(Exchange exchange) {
        return exchange.getProperty(IDENTITIES, IdentityColumns.NONE, IdentityColumns.class)
                .copied(Attempt.target(exchange), tableColumns(exchange));
    }

    @SuppressWarnings("unchecked")
    static List<String> tableColumns(Exchange exchange) {
        return exchange.getProperty(TABLE_COLUMNS, List.of(), List.class);
    }

    /** The whole load, one transaction. */
    public String load(Exchange exchange) {
        Batch batch = Attempt.batchOf(exchange);
        Target target = Attempt.target(exchange);
        if (Attempt.isNothingLeft(exchange)) {
            return statement.nothing(target, batch);
        }
        List<String> replaced = Attempt.settings(exchange).onOverwrite() == OverwritePolicy.REPLACE
                ? Attempt.files(ledger, exchange).stream()
                        .map(FileEntry::url)
                        .distinct()
                        .toList()
                : List.of();
        CopySource source = new CopySource(
                batch.manifest(), copiedColumns(exchange), EvolutionSteps.added(exchange), Attempt.singles(exchange));
        return statement.load(target, batch, source, replaced);
    }

    /** The question how many rows the cluster's ledger table names for this batch. */
    public String rows(Exchange exchange) {
        return statement.loaded(Attempt.target(exchange), Attempt.batchOf(exchange));
    }

    /** Notes that the batch is loaded; the body is the answer to {@link #rows}. */
    public void loaded(List<Map<String, Object>> rows, Exchange exchange) {
        Batch batch = Attempt.batchOf(exchange);
        if (rows.isEmpty()) {
            throw new UnloadableBatch("the load of batch " + batch.id() + " into cluster " + cluster(exchange)
                    + " was committed, but "
                    + statement.ledgerTable(Attempt.target(exchange).table())
                    + " has no row for it: was it deleted by hand? Check the table before you reprocess the batch");
        }
        clusters.works(cluster(exchange), batch.id());
        long count = Rows.number(rows.get(0), "rows");
        long deleted = Rows.number(rows.get(0), "deleted");
        long millis = sinceStart(exchange).toMillis();
        List<AddedColumn> added = EvolutionSteps.added(exchange);
        Skipped skipped = SkippedSteps.skipped(exchange);
        outcomes.loaded(
                batch,
                new Outcome.Loaded(
                        cluster(exchange),
                        clock.instant(),
                        count,
                        millis,
                        Rows.text(rows.get(0), "manifest"),
                        added,
                        skipped,
                        deleted),
                exchange);
        LOG.info(
                "Batch {} is loaded into {} of cluster {}: {} from {} in {} ms{}",
                batch.id(),
                Attempt.target(exchange).table(),
                cluster(exchange),
                Quantity.count(count, "row"),
                Quantity.count(Attempt.copied(exchange), "file"),
                millis,
                deleted == 0 ? "" : ", and " + Quantity.count(deleted, "row") + " deleted");
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
                    Attempt.target(exchange).table(),
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
        Batch batch = Attempt.batchOf(exchange);
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
                && Attempt.settings(exchange).onBadFile() == BadFilePolicy.QUARANTINE) {
            tooMany = badFiles.quarantine(exchange, cluster(exchange), badRows);
            if (tooMany.isEmpty()) {
                return;
            }
        }
        String reason = KnownLedgerTables.isUncertain(exchange)
                ? "cluster " + cluster(exchange)
                        + " has lost the table in which it notes what is loaded, so that nobody knows whether an"
                        + " earlier attempt has loaded the batch: look for its rows in "
                        + Attempt.target(exchange).table() + ", and reprocess the batch if they aren't there"
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
        return exchange.getProperty(ExchangeProperties.CLUSTER, String.class);
    }

    public static String cluster(Exchange exchange) {
        return exchange.getProperty(ExchangeProperties.CLUSTER, String.class);
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
}
