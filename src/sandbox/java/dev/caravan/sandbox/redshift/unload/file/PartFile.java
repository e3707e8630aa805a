package dev.caravan.sandbox.redshift.unload.file;

import dev.caravan.sandbox.redshift.unload.command.UnloadFormat;
import dev.caravan.sandbox.redshift.unload.command.UnloadOptions;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One file while it is written. */
public interface PartFile extends Closeable {
    /** Opens a file for rows with these columns. */
    static PartFile open(Path path, List<ResultColumn> columns, UnloadOptions options) throws IOException {
        return options.format() == UnloadFormat.PARQUET
                ? new ParquetPart(path, columns, options)
                : new TextPart(path, columns, options);
    }

    /** Fails when the format can't have such columns. */
    static void check(List<ResultColumn> columns, UnloadFormat format) throws ServerError {
        boolean named = format == UnloadFormat.JSON || format == UnloadFormat.PARQUET;
        Set<String> names = new HashSet<>();
        for (ResultColumn column : columns) {
            if (named && column.type().isTextOnly()) {
                throw ServerError.of(
                        "0A000",
                        column.type() + " column \"" + column.name() + "\" can be unloaded to text or CSV only");
            }
            if (named && !names.add(column.name())) {
                throw ServerError.of(
                        "42701", "column \"" + column.name() + "\" is there twice: " + format + " needs unique names");
            }
            if (format == UnloadFormat.PARQUET) {
                ParquetColumns.check(column);
            }
        }
    }

    /** Appends a row; false when the file is full, and the row is for another one. A file takes one row at least. */
    boolean write(Row row) throws IOException, ServerError;

    /** Without a header. */
    long rows();

    /** As a manifest counts them: with a header. */
    long lines();
}
