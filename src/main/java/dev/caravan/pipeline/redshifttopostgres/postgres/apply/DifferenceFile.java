package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.redshift.copy.SqlText;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * A part of a difference, as CSV without a header, which UNLOAD writes: first {@code I}, {@code U} or {@code D}, then the mirror's columns in their order, of
 * which a {@code D} has only the keys. what stands for NULL has no quotes.
 *
 * @param name for people, such as its URL
 * @param nulls what stands for NULL: no value is that
 * @param opener opens it at its beginning, as often as it is asked
 */
public record DifferenceFile(String name, String nulls, Opener opener) {
    /** {@code \N}, as PostgreSQL itself writes it. */
    public static final String USUAL_NULL = "\\N";

    private static final int BUFFER = 64 * 1024;

    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Opener {
        /** The bytes, from the first. */
        InputStream open() throws IOException;
    }

    /** {@link #nulls} as SQL: E'' means the same whatever standard_conforming_strings says. */
    public String nullsAsSql() {
        return "E" + SqlText.literal(nulls);
    }

    /** A file whose bytes are compressed by gzip, also in several members. */
    public static DifferenceFile gzipped(String name, String nulls, Opener opener) {
        return new DifferenceFile(name, nulls, () -> {
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
