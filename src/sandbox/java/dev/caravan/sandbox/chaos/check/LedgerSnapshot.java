package dev.caravan.sandbox.chaos.check;

import java.util.List;
import java.util.Map;

/**
 * The ledger at a moment.
 *
 * @param files the batch's id by the file's URL
 */
public record LedgerSnapshot(List<LedgerBatch> batches, Map<String, String> files) {
    public List<LedgerBatch> live() {
        return batches.stream().filter(LedgerBatch::isLive).toList();
    }

    public int loadedFiles() {
        return batches.stream()
                .filter(batch -> batch.status().equals("complete"))
                .mapToInt(LedgerBatch::files)
                .sum();
    }

    /** Its id; empty if the ledger doesn't know the file. */
    String batchOf(String url) {
        return files.getOrDefault(url, "");
    }

    /** What the ledger says of a file, in words. */
    String describe(String url) {
        String id = batchOf(url);
        return id.isEmpty()
                ? "the ledger doesn't know it"
                : batches.stream()
                        .filter(batch -> batch.id().equals(id))
                        .findFirst()
                        .map(LedgerBatch::toString)
                        .orElse("its batch " + id + " is not in the ledger");
    }
}
