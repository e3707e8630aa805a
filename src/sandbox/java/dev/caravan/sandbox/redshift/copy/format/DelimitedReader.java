package dev.caravan.sandbox.redshift.copy.format;

import dev.caravan.sandbox.redshift.copy.command.CopyOptions;
import dev.caravan.sandbox.redshift.copy.command.Format;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lines of fields with a delimiter between them. A NUL ends its record, unless NULL AS has a meaning for it: what stands behind it is an error, in the words
 * that people quote (transferwise/pipelinewise 405, snowplow/snowplow 259); "Preparing your input data" says as much.
 */
abstract class DelimitedReader implements RecordReader {
    private static final int MISSING_END_QUOTE = 1214;
    static final int INVALID_LINE = 1216;

    final ByteSource in;
    final int delimiter;
    private final boolean nulIsNull;
    private long line = 1;
    private boolean closed;

    DelimitedReader(InputStream in, CopyOptions options) {
        this.in = new ByteSource(in);
        this.delimiter = options.delimiter();
        this.nulIsNull = options.nulIsNull();
    }

    static DelimitedReader of(InputStream in, CopyOptions options) {
        return options.format() == Format.CSV ? new CsvReader(in, options) : new TextReader(in, options);
    }

    @Override
    public final boolean next(RawRecord row) throws IOException {
        row.clear();
        row.line(line);
        if (in.peek() == ByteSource.END) {
            return false;
        }
        startField(row);
        for (int b = in.take(); b != ByteSource.END; b = in.take()) {
            if (b == '\n') {
                line++;
                break;
            }
            if (b == 0 && !nulIsNull) {
                row.endField();
                endOfRecord(row);
                return true;
            }
            row.raw((byte) b);
            if (b == delimiter) {
                row.endField();
                startField(row);
            } else {
                content(row, b);
            }
        }
        if (!closed) {
            row.dropCarriageReturn();
        }
        row.endField();
        return true;
    }

    /** Takes a byte that is no delimiter, and as much behind it as belongs to it. */
    abstract void content(RawRecord row, int b) throws IOException;

    /** A quote has ended the field. */
    final void close() {
        closed = true;
    }

    final void take(RawRecord row, int b) {
        row.raw((byte) b);
        row.add((byte) b);
        if (b == '\n') {
            line++;
        }
    }

    final boolean isEnd(int b) {
        return b == ByteSource.END || b == '\n' || (b == 0 && !nulIsNull);
    }

    /** Unless the record ends there anyway. */
    final void missingEndQuote(RawRecord row) throws IOException {
        if (in.peek() != 0) {
            row.malformed(MISSING_END_QUOTE, "Delimited value missing end quote");
        }
    }

    private void startField(RawRecord row) {
        row.startField();
        closed = false;
    }

    private void endOfRecord(RawRecord row) throws IOException {
        int b = in.take();
        if (b != '\n' && b != ByteSource.END) {
            row.malformed(
                    INVALID_LINE,
                    "Missing newline: Unexpected character 0x%02x found at location %d".formatted(b, row.read() + 1));
        }
        while (b != '\n' && b != ByteSource.END) {
            b = in.take();
        }
        line++;
    }
}
