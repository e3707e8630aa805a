package dev.caravan.ledger.notes;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * How many different texts there were, however often each came, in a few kilobytes: the smallest of their hashes. While these are all, the number is exact; from
 * then on it follows from how dense they are, within some percent ("On synopses for distinct-value estimation under multiset operations", Beyer et al., 2007).
 * Not safe for use by many threads.
 */
final class Distinct {
    /** The count is off by 1/√500. */
    static final int KEPT = 500;

    private final NavigableSet<Long> smallest = new TreeSet<>();

    /** As {@link #bytes} has written it. */
    static Distinct of(byte[] bytes) {
        Distinct distinct = new Distinct();
        LongBuffer hashes = ByteBuffer.wrap(bytes).asLongBuffer();
        while (hashes.hasRemaining()) {
            distinct.keep(hashes.get());
        }
        return distinct;
    }

    void add(String text) {
        keep(hash(text));
    }

    void addAll(Distinct others) {
        others.smallest.forEach(this::keep);
    }

    private void keep(long hash) {
        smallest.add(hash);
        if (smallest.size() > KEPT) {
            smallest.pollLast();
        }
    }

    boolean isEmpty() {
        return smallest.isEmpty();
    }

    boolean isExact() {
        return smallest.size() < KEPT;
    }

    long count() {
        return isExact() ? smallest.size() : Math.round((KEPT - 1) * (Long.MAX_VALUE / (double) smallest.last()));
    }

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(smallest.size() * Long.BYTES);
        smallest.forEach(bytes::putLong);
        return bytes.array();
    }

    /** Not negative. Nobody can choose texts whose hashes are small. */
    private static long hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() >>> 1;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
