package dev.caravan.load;

import dev.caravan.batch.Batch;
import dev.caravan.ledger.Ledger;
import dev.caravan.outcome.AddedColumn;
import dev.caravan.redshift.evolution.BatchFields;
import dev.caravan.redshift.evolution.FieldReader;
import dev.caravan.redshift.evolution.NewColumns;
import dev.caravan.redshift.target.SchemaEvolution;
import dev.caravan.redshift.target.Target;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** Steps of routes {@code load} and {@code copy} for feeds whose tables get new columns. For other feeds they do nothing. */
public final class EvolutionSteps {
    private static final Logger LOG = LoggerFactory.getLogger(EvolutionSteps.class);
    private static final String FIELDS = "fields";
    private static final String ADDED = "addedColumns";
    private static final int TOLD = 10;

    /** Bounded, for files may have any names in them. */
    private static final int MOST_TOLD = 10_000;

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Ledger ledger;
    private final Supplier<S3Client> clients;

    /** @param clients makes a client, which is closed again */
    public EvolutionSteps(Ledger ledger, Supplier<S3Client> clients) {
        this.ledger = ledger;
        this.clients = clients;
    }

    /** Reads which fields the files of the attempt have, once for all clusters. */
    public void fields(Exchange exchange) {
        Target target = Attempt.target(exchange);
        if (!evolves(target)) {
            return;
        }
        try (S3Client s3 = clients.get()) {
            BatchFields fields = new FieldReader(s3, target).read(Attempt.files(ledger, exchange));
            exchange.setProperty(FIELDS, fields);
            tell(Attempt.batchOf(exchange), "was not looked through for new fields", fields.unread());
        }
    }

    /** Keeps which columns the cluster's table lacks: the load adds them. */
    public void newColumns(Exchange exchange) {
        BatchFields fields = exchange.getProperty(FIELDS, BatchFields.class);
        if (fields == null) {
            return;
        }
        NewColumns columns = NewColumns.of(
                Attempt.target(exchange), fields, CopySteps.tableColumns(exchange), CopySteps.copiedColumns(exchange));
        exchange.setProperty(ADDED, columns.columns());
        tell(
                Attempt.batchOf(exchange),
                "has fields for which cluster " + CopySteps.cluster(exchange) + " gets no columns",
                columns.refused());
    }

    static boolean evolves(Target target) {
        return target.schemaEvolution() == SchemaEvolution.ADD_COLUMNS;
    }

    /** The columns that the attempt adds to the cluster's table. */
    @SuppressWarnings("unchecked")
    static List<AddedColumn> added(Exchange exchange) {
        return exchange.getProperty(ADDED, List.of(), List.class);
    }

    /** Said once: producers that write such a field go on doing so. */
    private void tell(Batch batch, String what, List<String> all) {
        List<String> details = all.stream()
                .filter(detail -> told.size() < MOST_TOLD && told.add(batch.feed() + " " + what + " " + detail))
                .toList();
        if (!details.isEmpty()) {
            LOG.warn(
                    "Batch {} {}: {}{}",
                    batch.id(),
                    what,
                    String.join("; ", details.subList(0, Math.min(TOLD, details.size()))),
                    details.size() > TOLD ? "; and " + (details.size() - TOLD) + " more" : "");
        }
    }
}
