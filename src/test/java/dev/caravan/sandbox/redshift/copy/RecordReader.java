package dev.caravan.sandbox.redshift.copy;

import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** One file as a sequence of records. */
interface RecordReader {
    /** Fills the record with the next one; false at the end of the file. */
    boolean next(RawRecord row) throws IOException;

    /** What opens a file once the statement's own needs (a jsonpaths file) are read. */
    interface Opener {
        RecordReader open(InputStream in) throws IOException;
    }

    static Opener opener(CopyCommand command, List<Column> columns, S3Objects s3) throws ServerError, IOException {
        return switch (command.options().format()) {
            case TEXT, CSV -> in -> new DelimitedReader(in, command.options());
            case JSON -> {
                JsonFields fields = JsonFields.of(command.options().json(), columns, s3);
                yield in -> new JsonReader(in, fields);
            }
            default -> throw new IllegalStateException(command.format()); // the parser refuses it before
        };
    }
}
