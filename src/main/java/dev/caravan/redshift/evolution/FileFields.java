package dev.caravan.redshift.evolution;

import dev.caravan.redshift.target.CopyFormat;
import dev.caravan.redshift.target.Target;
import io.airlift.compress.bzip2.BZip2HadoopStreams;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads the fields of one file as its feed's format and options say, within the {@link Limits}. */
final class FileFields {
    private static final Pattern HEADER =
            Pattern.compile("\\bIGNOREHEADER\\s+(?:AS\\s+)?(\\d{1,9})", Pattern.CASE_INSENSITIVE);
    private static final Pattern WORD = Pattern.compile("'[^']*'|\\w+");
    private static final int BUFFER = 1 << 16;

    private final Target target;
    private final String options;

    FileFields(Target target) {
        this.target = target;
        options = target.copyOptions().toUpperCase(Locale.ROOT);
    }

    /** A file's bytes. */
    interface Source {
        InputStream all() throws IOException;

        InputStream range(long from, long toExclusive) throws IOException;
    }

    /**
     * Sees the file's fields.
     *
     * @param mostBytes of JSON, decompressed
     * @return bytes of JSON that were read, decompressed; if that is all that may be, some may be left
     * @throws IOException if the bytes make no sense; what came before is seen
     * @throws LimitExceeded if a limit is exceeded
     */
    long read(Source file, long size, long mostBytes, Deadline deadline, Fields fields) throws IOException {
        switch (target.format().kind()) {
            case JSON -> {
                return json(file, mostBytes, deadline, fields);
            }
            case AVRO -> avro(file, deadline, fields);
            case PARQUET ->
                ParquetFields.read(
                        size,
                        (from, to) -> new BoundedStream(
                                file.range(from, to), to - from, "S3 sent more of it than was asked for", deadline),
                        fields);
            default -> throw new IllegalStateException(target.format().kind() + " files don't name their fields");
        }
        return 0;
    }

    private long json(Source file, long mostBytes, Deadline deadline, Fields fields) throws IOException {
        try (InputStream in = new BoundedStream(file.all(), Long.MAX_VALUE, "", deadline)) {
            InputStream text = new BoundedStream(
                    decompressed(in),
                    mostBytes + Limits.LARGEST_OBJECT,
                    "an object in it, or its header, has more than " + Limits.LARGEST_OBJECT + " bytes, decompressed",
                    deadline);
            return JsonFields.read(new BufferedInputStream(text, BUFFER), skippedLines(), mostBytes, fields);
        }
    }

    private void avro(Source file, Deadline deadline, Fields fields) throws IOException {
        String tooLarge = "its header has more than " + Limits.LARGEST_HEADER + " bytes";
        try (InputStream in = new BoundedStream(file.all(), Limits.LARGEST_HEADER, tooLarge, deadline)) {
            AvroFields.read(in, has("'EPOCHMILLISECS'"), fields);
        }
    }

    private InputStream decompressed(InputStream in) throws IOException {
        if (has("GZIP")) {
            return new GZIPInputStream(in, BUFFER);
        }
        if (has("BZIP2")) {
            return new BZip2HadoopStreams().createInputStream(in);
        }
        if (has("ZSTD")) {
            return new ZstdInputStream(in);
        }
        return has("LZOP") ? new LzopStream(in) : in;
    }

    /** Whether files are read until bytes are used up. */
    boolean isBounded() {
        return target.format().kind() == CopyFormat.Kind.JSON;
    }

    /** So many bytes that a file of this size has fewer, as far as that is known. */
    long mostBytes(long size) {
        return Stream.of("GZIP", "BZIP2", "ZSTD", "LZOP").anyMatch(this::has) ? Long.MAX_VALUE : size + 1;
    }

    private boolean has(String word) {
        return WORD.matcher(options).results().anyMatch(found -> found.group().equals(word));
    }

    private int skippedLines() {
        Matcher lines = HEADER.matcher(options);
        return lines.find() ? Integer.parseInt(lines.group(1)) : 0;
    }
}
