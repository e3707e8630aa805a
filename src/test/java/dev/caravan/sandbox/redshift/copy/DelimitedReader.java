package dev.caravan.sandbox.redshift.copy;

import java.io.IOException;
import java.io.InputStream;

/** CSV (a quote is doubled inside quotes) and Redshift's delimited text (with ESCAPE or REMOVEQUOTES, if asked for). */
final class DelimitedReader implements RecordReader {
    private static final int UNCLOSED_QUOTE = 1214;
    private static final int BAD_QUOTE = 1216;

    private final InputStream in;
    private final boolean csv;
    private final byte delimiter;
    private final byte quote;
    private final boolean quotes;
    private final boolean escape;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int limit;
    private long line = 1;

    DelimitedReader(InputStream in, CopyOptions options) {
        this.in = in;
        csv = options.format() == Format.CSV;
        delimiter = (byte) options.delimiter();
        quote = (byte) (csv ? options.quote() : '"');
        quotes = csv || options.has(Flag.REMOVEQUOTES);
        escape = options.has(Flag.ESCAPE);
    }

    @Override
    public boolean next(RawRecord row) throws IOException {
        row.clear();
        row.line(line);
        if (!more()) {
            return false;
        }
        row.startField();
        boolean fieldStart = true;
        while (more()) {
            byte b = buffer[at++];
            if (b == '\n') {
                line++;
                row.dropCarriageReturn();
                row.endField();
                return true;
            }
            row.raw(b);
            if (b == delimiter) {
                row.endField();
                row.startField();
                fieldStart = true;
                continue;
            }
            if (b == quote && quotes && fieldStart) {
                quoted(row);
            } else if (b == '\\' && escape && more()) {
                escaped(row);
            } else {
                row.add(b);
            }
            fieldStart = false;
        }
        row.dropCarriageReturn();
        row.endField();
        return true;
    }

    /** From behind the opening quote to behind the closing one. */
    private void quoted(RawRecord row) throws IOException {
        while (more()) {
            byte b = buffer[at++];
            row.raw(b);
            if (b == quote) {
                if (!csv || !more() || buffer[at] != quote) {
                    checkBehindQuote(row);
                    return;
                }
                row.raw(buffer[at++]);
            } else if (b == '\n') {
                line++;
            }
            row.add(b);
        }
        row.malformed(UNCLOSED_QUOTE, "Delimited value missing end quote");
    }

    private void checkBehindQuote(RawRecord row) throws IOException {
        if (csv && more() && buffer[at] != delimiter && buffer[at] != '\n' && buffer[at] != '\r') {
            row.malformed(BAD_QUOTE, "Invalid quote formatting for CSV");
        }
    }

    /** The next character as it is; only \N stays as written, for NULL AS to recognise. */
    private void escaped(RawRecord row) throws IOException {
        byte b = buffer[at++];
        row.raw(b);
        if (b == '\n') {
            line++;
        }
        if (b == 'N') {
            row.add((byte) '\\');
        }
        row.add(b);
    }

    private boolean more() throws IOException {
        if (at < limit) {
            return true;
        }
        limit = in.read(buffer, 0, buffer.length);
        at = 0;
        return limit > 0;
    }
}
