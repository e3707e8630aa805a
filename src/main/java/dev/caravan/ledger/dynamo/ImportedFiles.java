package dev.caravan.ledger.dynamo;

import dev.caravan.base.Quantity;
import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.LedgerSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Files that another loader has loaded: the ledger knows them, so that they are never loaded again, and has no batch of theirs. Safe for use by
 * many threads.
 */
public final class ImportedFiles {
    /** Files of one {@link #add}. */
    public static final int MOST = 100;

    private final DynamoDbClient client;
    private final LedgerSettings settings;
    private final Clock clock;

    public ImportedFiles(DynamoDbClient client, LedgerSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Notes files. One that the ledger knows already stays what it is.
     *
     * @param files 1 to {@link #MOST}, no two alike
     * @param batch the other loader's name of the batch that they were in
     * @return how many it didn't know
     */
    public int add(List<FileEntry> files, String batch) {
        List<FileEntry> left = new ArrayList<>(files);
        while (!left.isEmpty()) {
            try {
                put(List.copyOf(left), batch);
                return left.size();
            } catch (TransactionCanceledException e) {
                List<CancellationReason> reasons = e.cancellationReasons();
                boolean known = false;
                for (int i = left.size() - 1; i >= 0; i--) {
                    if ("ConditionalCheckFailed".equals(reasons.get(i).code())) {
                        left.remove(i);
                        known = true;
                    }
                }
                if (!known) {
                    throw e;
                }
            }
        }
        return 0;
    }

    private void put(List<FileEntry> files, String batch) {
        long expires = clock.instant().plus(settings.keep()).getEpochSecond();
        List<TransactWriteItem> writes = files.stream()
                .map(file ->
                        OpenBatches.put(settings.files(), Items.file(file, BatchId.elsewhere(batch), expires), "feed"))
                .toList();
        Dynamo.transact(
                client, "import", "note " + Quantity.count(files.size(), "file") + " as loaded elsewhere", writes);
    }
}
