package dev.caravan.tell;

/**
 * Who hears of batches whose own settings don't say.
 *
 * @param loaded a topic's name or ARN; empty for nobody
 * @param failed a topic's name or ARN; empty for nobody
 */
public record Topics(String loaded, String failed) {}
