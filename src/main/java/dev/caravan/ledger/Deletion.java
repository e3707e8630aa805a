package dev.caravan.ledger;

import java.time.Instant;

/**
 * A batch that a person has deleted.
 *
 * @param batch its id
 * @param at when
 * @param by who, as batches' histories name people
 * @param files how many it had
 */
public record Deletion(String batch, Instant at, String by, long files) {}
