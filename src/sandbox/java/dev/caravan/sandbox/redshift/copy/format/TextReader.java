package dev.caravan.sandbox.redshift.copy.format;

import dev.caravan.sandbox.redshift.copy.command.CopyOptions;
import dev.caravan.sandbox.redshift.copy.command.Flag;
import java.io.IOException;
import java.io.InputStream;

/**
 * Delimited text, with ESCAPE and REMOVEQUOTES if asked for. "If a string has a beginning single or double quotation mark but no corresponding ending mark,
 * the COPY command fails to load that row and returns an error" ("Data conversion parameters"); a line's end that isn't escaped is no part of a string.
 */
final class TextReader extends DelimitedReader {
    private final boolean removeQuotes;
    private final boolean escape;
    private final boolean keepsNull;

    TextReader(InputStream in, CopyOptions options) {
        super(in, options);
        removeQuotes = options.has(Flag.REMOVEQUOTES);
        escape = options.has(Flag.ESCAPE);
        keepsNull = options.nullAs().equals("\\N");
    }

    @Override
    void content(RawRecord row, int b) throws IOException {
        if (removeQuotes && (b == '"' || b == '\'') && row.isFieldEmpty()) {
            quoted(row, b);
        } else if (b == '\\' && escape) {
            escaped(row);
        } else {
            row.add((byte) b);
        }
    }

    private void quoted(RawRecord row, int quote) throws IOException {
        for (int b = in.peek(); !isEnd(b); b = in.peek()) {
            if (b == quote && isLast(in.peekSecond())) {
                row.raw((byte) in.take());
                if (in.peek() == '\r') {
                    in.take();
                }
                close();
                return;
            }
            in.take();
            if (b == '\\' && escape) {
                row.raw((byte) b);
                escaped(row);
            } else {
                take(row, b);
            }
        }
        missingEndQuote(row);
    }

    private boolean isLast(int behind) {
        return behind == delimiter || behind == '\r' || isEnd(behind);
    }

    /** The next character as it is; only \N stays as written, for NULL AS to recognise. */
    private void escaped(RawRecord row) throws IOException {
        int b = in.take();
        if (b == ByteSource.END) {
            row.add((byte) '\\');
            return;
        }
        if (b == 'N' && keepsNull) {
            row.add((byte) '\\');
        }
        take(row, b);
    }
}
