package dev.caravan.pipeline.tabletoredshift.table;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A long text in less room; a short one stays as people can read it. */
final class Packed {
    private static final int LONG = 50_000;
    private static final String GZIP = "gzip:";

    private Packed() {}

    static String of(String text) {
        if (text.length() <= LONG) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return GZIP + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    static String open(String packed) {
        if (!packed.startsWith(GZIP)) {
            return packed;
        }
        byte[] bytes = Base64.getDecoder().decode(packed.substring(GZIP.length()));
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
