package dev.caravan.ledger;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Ids of batches: {@code web-20261121T113000123k3j5x8q2}. The feed's name, then UTC time to the millisecond, then 40 random bits. */
final class BatchId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private BatchId() {}

    static String next(String feed, Instant now) {
        StringBuilder id = new StringBuilder(feed).append('-').append(TIME.format(now));
        for (int i = 0; i < 8; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /** The feed of a batch; the id itself if it has no hyphen, so that looking it up finds nothing. */
    static String feed(String id) {
        int hyphen = id.lastIndexOf('-');
        return hyphen < 0 ? id : id.substring(0, hyphen);
    }
}
