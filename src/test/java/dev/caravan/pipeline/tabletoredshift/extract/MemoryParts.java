package dev.caravan.pipeline.tabletoredshift.extract;

import com.github.luben.zstd.ZstdInputStream;
import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.extract.part.PartSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Parts that are kept in memory, and read again. */
public final class MemoryParts implements PartSink {
    final List<byte[]> complete = Collections.synchronizedList(new ArrayList<>());
    int abandoned;

    @Override
    public Part open(int number) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new Part() {
            @Override
            public OutputStream stream() {
                return bytes;
            }

            @Override
            public void complete() {
                complete.add(bytes.toByteArray());
            }

            @Override
            public void abandon() {
                synchronized (complete) {
                    abandoned++;
                }
            }
        };
    }

    /** How many parts were of no use. */
    public int abandoned() {
        synchronized (complete) {
            return abandoned;
        }
    }

    /** What stands in a part. */
    String csv(int part, Codec codec) {
        try (InputStream in = switch (codec) {
            case ZSTD -> new ZstdInputStream(new ByteArrayInputStream(complete.get(part)));
            case GZIP -> new GZIPInputStream(new ByteArrayInputStream(complete.get(part)));
        }) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rows of all parts; the mark for NULL without quotes is null. */
    public List<List<@Nullable String>> rows(ExtractSettings settings) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < complete.size(); i++) {
            rows.addAll(parse(csv(i, settings.codec()), settings.nullMarker()));
        }
        return rows;
    }

    /** CSV as RFC 4180 has it: a quote inside of quotes is doubled. */
    static List<List<@Nullable String>> parse(String csv, String nullMarker) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<@Nullable String> row = new ArrayList<>();
        int at = 0;
        while (at < csv.length()) {
            StringBuilder value = new StringBuilder();
            boolean quoted = csv.charAt(at) == '"';
            if (quoted) {
                for (at++; csv.charAt(at) != '"' || csv.charAt(at + 1) == '"'; at++) {
                    value.append(csv.charAt(at));
                    at += csv.charAt(at) == '"' ? 1 : 0;
                }
                at++;
            } else {
                for (; csv.charAt(at) != ',' && csv.charAt(at) != '\n'; at++) {
                    value.append(csv.charAt(at));
                }
            }
            row.add(!quoted && value.toString().equals(nullMarker) ? null : value.toString());
            if (csv.charAt(at++) == '\n') {
                rows.add(row);
                row = new ArrayList<>();
            }
        }
        return rows;
    }
}
