package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A difference as UNLOAD writes it: CSV, compressed by gzip. */
public final class Changes {
    private final MirroredTable table;
    private final StringBuilder csv = new StringBuilder();
    private long inserts;
    private long updates;
    private long deletes;

    /** None yet. */
    public Changes(MirroredTable table) {
        this.table = table;
    }

    /** Values in the order of the columns. */
    public Changes insert(@Nullable Object... values) {
        inserts++;
        return row("I", values);
    }

    /** The same. */
    public Changes update(@Nullable Object... values) {
        updates++;
        return row("U", values);
    }

    /** Values of the keys, in the order of the columns. */
    public Changes delete(Object... keys) {
        deletes++;
        @Nullable Object[] values = new @Nullable Object[table.columns().size()];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            if (table.keys().contains(table.columns().get(i))) {
                values[i] = keys[next++];
            }
        }
        return row("D", values);
    }

    private Changes row(String op, @Nullable Object... values) {
        csv.append(op);
        for (Object value : values) {
            csv.append(',').append(value == null ? "\\N" : quoted(value.toString()));
        }
        csv.append('\n');
        return this;
    }

    private static String quoted(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain && !value.isEmpty() ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    /** From one snapshot to another. */
    public Difference from(String base, String snapshot) {
        return new Difference("m", base, snapshot, "v1", inserts, updates, deletes);
    }

    /** To a first one. */
    public Difference first(String snapshot) {
        return from(Held.NOTHING, snapshot);
    }

    /** As one file. */
    public List<DifferenceFile> files() {
        byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(DifferenceFile.gzipped(
                "s3://lake/m/0000_part_00.gz",
                DifferenceFile.USUAL_NULL,
                () -> new ByteArrayInputStream(compressed.toByteArray())));
    }
}
