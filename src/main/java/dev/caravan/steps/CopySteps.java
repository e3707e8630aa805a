package dev.caravan.steps;

import dev.caravan.batch.Batch;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.copy.CopyFailure;
import dev.caravan.copy.CopyStatement;
import dev.caravan.feed.Feed;
import dev.caravan.ledger.Ledger;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of route {@code copy}: one batch, one cluster. The SQL is {@link CopyStatement}'s; property {@code cluster} names the data source. */
public final class CopySteps {
    private static final Logger LOG = LoggerFactory.getLogger(CopySteps.class);
    private static final String STARTED = "copyStarted";
    private static final String BAD_ROWS = "badRows";
    private static final int BAD_ROWS_TOLD = 10;

    private final Ledger ledger;
    private final CopyStatement statement;
    private final Clock clock;
    private final Set<String> ledgerTables = ConcurrentHashMap.newKeySet();

    public CopySteps(Ledger ledger, CopyStatement statement, Clock clock) {
        this.ledger = ledger;
        this.statement = statement;
        this.clock = clock;
    }

    /** Whether this instance hasn't yet made sure that the cluster has a ledger table for the feed's table. */
    public boolean isFirstUse(Exchange exchange) {
        exchange.setProperty(STARTED, clock.instant());
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

    /** The whole load, one transaction. */
    public String load(Exchange exchange) {
        Batch batch = LoadSteps.batchOf(exchange);
        return statement.load(LoadSteps.feed(exchange), batch, batch.manifest());
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
        long count = ((Number) rows.get(0).values().iterator().next()).longValue();
        Instant now = clock.instant();
        long millis = Duration.between(exchange.getProperty(STARTED, Instant.class), now)
                .toMillis();
        ledger.outcome(batch, new Outcome.Loaded(cluster(exchange), now, count, millis));
        LOG.info(
                "Batch {} is loaded into {} of cluster {}: {} rows from {} files in {} ms",
                batch.id(),
                LoadSteps.feed(exchange).table(),
                cluster(exchange),
                count,
                batch.files(),
                millis);
    }

    /** The question which rows the cluster refused. */
    public String loadErrors(Exchange exchange) {
        return statement.loadErrors(LoadSteps.feed(exchange));
    }

    /** Keeps the refused rows that are of this batch's files; the body is the answer to {@link #loadErrors}. */
    public void refused(List<Map<String, Object>> rows, Exchange exchange) {
        Set<String> files = new HashSet<>();
        ledger.files(LoadSteps.batchOf(exchange), file -> files.add(file.url()));
        List<BadRow> bad = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            BadRow badRow = badRow(row);
            if (files.contains(badRow.file()) && !bad.contains(badRow) && bad.size() < BAD_ROWS_TOLD) {
                bad.add(badRow);
            }
        }
        exchange.setProperty(BAD_ROWS, List.copyOf(bad));
    }

    /** Notes that the batch isn't loaded into this cluster, and why. */
    public void failed(Exchange exchange) {
        Batch batch = LoadSteps.batchOf(exchange);
        CopyFailure failure = Retries.failure(exchange);
        @SuppressWarnings("unchecked")
        List<BadRow> badRows = exchange.getProperty(BAD_ROWS, List.of(), List.class);
        ledger.outcome(
                batch,
                new Outcome.Failed(cluster(exchange), clock.instant(), failure.reason(), failure.sqlState(), badRows));
        LOG.error(
                "Batch {} is not loaded into cluster {}: {}{}",
                batch.id(),
                cluster(exchange),
                failure.reason(),
                badRows.isEmpty() ? "" : " First refused row: " + badRows.get(0));
    }

    private static BadRow badRow(Map<String, Object> row) {
        return new BadRow(
                text(row, "file_name"),
                ((Number) row.getOrDefault("line_number", 0)).longValue(),
                text(row, "column_name"),
                text(row, "raw_value"),
                ((Number) row.getOrDefault("error_code", 0)).intValue(),
                text(row, "error_message"));
    }

    private static String text(Map<String, Object> row, String column) {
        Object value = row.get(column);
        return value == null ? "" : value.toString().strip();
    }

    private static String cluster(Exchange exchange) {
        return exchange.getProperty("cluster", String.class);
    }

    private String ledgerTable(Exchange exchange) {
        Feed feed = LoadSteps.feed(exchange);
        return cluster(exchange) + " " + statement.ledgerTable(feed.table());
    }
}
