package dev.caravan.load.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.caravan.batch.FileEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a COPY manifest ("Using a manifest to specify data files" in Redshift's developer guide). Every entry is mandatory, so that a file
 * that has gone fails the load instead of being left out.
 */
public final class ManifestWriter {
    /** Characters outside the basic plane as they are, not as a pair of escapes: not every reader joins those. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private ManifestWriter() {}

    /**
     * Writes one entry for each URL, in the order in which the URLs first occur: COPY loads a URL twice that is listed twice, and reads the
     * object's present content, so of several versions of one URL only the newest counts (of two created at once, the later in the stream).
     *
     * @param entries a batch's files; read once and not closed
     * @param out receives UTF-8; flushed, not closed
     */
    public static void write(Stream<FileEntry> entries, OutputStream out) throws IOException {
        Map<String, FileEntry> byUrl = new LinkedHashMap<>();
        entries.forEachOrdered(e -> byUrl.merge(e.url(), e, ManifestWriter::newer));
        JsonGenerator json = JSON.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setPrettyPrinter(new LinePerEntry());
        try (json) {
            json.writeStartObject();
            json.writeArrayFieldStart("entries");
            for (FileEntry entry : byUrl.values()) {
                json.writeStartObject();
                json.writeStringField("url", entry.url());
                json.writeBooleanField("mandatory", true);
                json.writeObjectFieldStart("meta");
                json.writeNumberField("content_length", entry.size());
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static FileEntry newer(FileEntry a, FileEntry b) {
        return a.created().isAfter(b.created()) ? a : b;
    }

    private static final class LinePerEntry extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1;

        @Override
        public void beforeArrayValues(JsonGenerator json) throws IOException {
            json.writeRaw('\n');
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(",\n");
        }
    }
}
