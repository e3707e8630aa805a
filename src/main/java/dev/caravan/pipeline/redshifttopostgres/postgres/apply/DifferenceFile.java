package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * A part of a difference, as CSV without a header, which UNLOAD writes: first {@code I}, {@code U} or {@code D}, then the mirror's columns in their order, of
 * which a {@code D} has only the keys. NULL is {@code \N} without quotes.
 *
 * @param name for people, such as its URL
 * @param opener opens it at its beginning, as often as it is asked
 */
public record DifferenceFile(String name, Opener opener) {
    private static final int BUFFER = 64 * 1024;

    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Opener {
        /** The bytes, from the first. */
        public InputStream open() throws IOException;
    }

    /** A file whose bytes are compressed by gzip, also in several members. */
    public static DifferenceFile gzipped(String name, Opener opener) {
        return new DifferenceFile(name, () -> {
            InputStream compressed = opener.open();
            try {
                return new GZIPInputStream(compressed, BUFFER);
            } catch (IOException e) {
                compressed.close();
                throw e;
            }
        });
    }

    /** The bytes, from the first. */
    public InputStream open() throws IOException {
        return opener.open();
    }
}
