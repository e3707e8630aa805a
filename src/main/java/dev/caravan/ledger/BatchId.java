package dev.caravan.ledger;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Ids of batches: {@code web-20261121T113000123k3j5x8q2}. The feed's name, then UTC time to the millisecond, then 40 random bits. */
public final class BatchId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
    private static final int TIME_LENGTH = "yyyyMMddTHHmmssSSS".length();
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Of the times that have four digits for the year. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /** What another loader's batch begins with; no feed's name has a slash. */
    private static final String ELSEWHERE = "elsewhere/";

    private BatchId() {}

    /** Of a batch of another loader, which the ledger doesn't have. */
    public static String elsewhere(String batch) {
        return ELSEWHERE + batch;
    }

    static boolean isElsewhere(String id) {
        return id.startsWith(ELSEWHERE);
    }

    public static String next(String feed, Instant now) {
        StringBuilder id = new StringBuilder(feed).append('-').append(TIME.format(now));
        for (int i = 0; i < 8; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /** The feed of a batch; the id itself if it has no hyphen, so that looking it up finds nothing. */
    public static String feed(String id) {
        int hyphen = id.lastIndexOf('-');
        return hyphen < 0 ? id : id.substring(0, hyphen);
    }

    /** When a batch came to be; empty if that is no batch's id. */
    public static Optional<Instant> time(String id) {
        try {
            int begin = id.lastIndexOf('-') + 1;
            return Optional.of(
                    Instant.from(TIME.parse(id.substring(begin, Math.min(begin + TIME_LENGTH, id.length())))));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Sorts before every batch of a feed that came to be then or later. */
    public static String earliest(String feed, Instant since) {
        return feed + "-" + TIME.format(since);
    }

    /** Sorts behind every batch of a feed that came to be before. */
    public static String latest(String feed, Instant until) {
        return feed + "-" + (until.isBefore(LAST) ? TIME.format(until) : "~");
    }
}
