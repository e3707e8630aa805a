package dev.caravan.outcome;

import java.time.Instant;
import java.util.List;

/** What became of a batch in one cluster. */
public sealed interface Outcome {

    /** The cluster's name. */
    String cluster();

    /** When the outcome was reached. */
    Instant at();

    /**
     * The batch's rows are in the table.
     *
     * @param rows rows that COPY loaded
     * @param millis from the start of the attempt that found the rows committed, to its end
     * @param manifest the URL of the manifest that was copied, as the cluster's ledger table names it
     * @param addedColumns columns that the load has added to the table
     * @param skipped rows of the files that COPY left out
     * @param deleted rows that the load deleted by keys, because the source has deleted them
     */
    record Loaded(
            String cluster,
            Instant at,
            long rows,
            long millis,
            String manifest,
            List<AddedColumn> addedColumns,
            Skipped skipped,
            long deleted)
            implements Outcome {
        public Loaded {
            addedColumns = List.copyOf(addedColumns);
        }

        /** Loaded into the table as it was. */
        public Loaded(String cluster, Instant at, long rows, long millis, String manifest) {
            this(cluster, at, rows, millis, manifest, List.of(), Skipped.NONE, 0);
        }
    }

    /**
     * The batch's rows are not in the table, and Caravan will not try again by itself.
     *
     * @param reason what is wrong and what to do, the database's own words among them
     * @param sqlState the database's SQLState; empty if the failure was not the database's
     * @param badRows the first rows that the cluster refused; empty if it names none
     */
    record Failed(String cluster, Instant at, String reason, String sqlState, List<BadRow> badRows)
            implements Outcome {}
}
