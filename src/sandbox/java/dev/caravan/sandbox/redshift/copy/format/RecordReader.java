package dev.caravan.sandbox.redshift.copy.format;

import dev.caravan.sandbox.redshift.copy.command.CopyCommand;
import dev.caravan.sandbox.redshift.copy.command.CopyOptions;
import dev.caravan.sandbox.redshift.copy.s3.S3Objects;
import dev.caravan.sandbox.redshift.copy.value.Column;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** One file as a sequence of records. */
public interface RecordReader {
    /** Fills the record with the next one; false at the end of the file. */
    boolean next(RawRecord row) throws IOException, ServerError;

    /** What opens a file once the statement's own needs (a jsonpaths file) are read. */
    interface Opener {
        RecordReader open(String url, InputStream in) throws IOException, ServerError;
    }

    static Opener opener(CopyCommand command, List<Column> columns, S3Objects s3) throws ServerError, IOException {
        CopyOptions options = command.options();
        return switch (options.format()) {
            case TEXT, CSV -> (url, in) -> DelimitedReader.of(in, options);
            case FIXEDWIDTH -> (url, in) -> new FixedWidthReader(in, options.argument(), columns);
            case JSON -> {
                JsonFields fields = JsonFields.of(options.argument(), columns, s3);
                yield (url, in) -> new JsonReader(in, fields, options.ignoreHeader());
            }
            case AVRO -> {
                JsonFields fields = JsonFields.of(options.argument(), columns, s3);
                yield (url, in) -> new AvroReader(url, in, fields);
            }
            case PARQUET -> (url, in) -> ParquetReader.open(url, in, columns, options);
            case ORC -> (url, in) -> OrcReader.open(url, in, columns, options);
            case SHAPEFILE -> throw new IllegalStateException(command.format()); // the parser refuses it before
        };
    }
}
