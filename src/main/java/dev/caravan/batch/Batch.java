package dev.caravan.batch;

import dev.caravan.outcome.Outcome;
import java.time.Instant;
import java.util.Map;

/**
 * Files of one feed that are loaded together. A value: only the ledger changes what it stands for.
 *
 * @param id the feed's name, a hyphen, and a time-ordered part without hyphens
 * @param key what its files have in common: the feed's name and, if that is not the feed's only one, the table
 * @param feed the feed's name
 * @param status where it stands
 * @param stage the step that it has reached once locked
 * @param files how many files are in it
 * @param bytes their size
 * @param entries how many entries items hold them
 * @param first when its first file was added
 * @param due when it is locked at the latest
 * @param attempt how many times it was taken up for loading; 0 while open
 * @param manifest the manifest's URL once it is locked; empty before
 * @param reason why the last attempt ended without an outcome; empty if it did not
 * @param outcomes by cluster
 */
public record Batch(
        String id,
        String key,
        String feed,
        BatchStatus status,
        Stage stage,
        long files,
        long bytes,
        long entries,
        Instant first,
        Instant due,
        int attempt,
        String manifest,
        String reason,
        Map<String, Outcome> outcomes) {}
