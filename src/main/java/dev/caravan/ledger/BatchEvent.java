package dev.caravan.ledger;

import java.time.Instant;

/**
 * Something that happened to a batch.
 *
 * @param at when
 * @param what one word or two: {@code locked}, a stage that began, {@code postponed}, {@code held}, {@code taken over}, {@code resumed},
 *     {@code handed over}, {@code unlocked}, {@code reprocessed}, or how it ended
 * @param owner the instance or command that did it
 * @param detail why, or with what; empty if there is nothing to say
 */
public record BatchEvent(Instant at, String what, String owner, String detail) {}
