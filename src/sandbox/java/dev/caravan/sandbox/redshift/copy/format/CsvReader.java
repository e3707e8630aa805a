package dev.caravan.sandbox.redshift.copy.format;

import dev.caravan.sandbox.redshift.copy.command.CopyOptions;
import java.io.IOException;
import java.io.InputStream;

/**
 * CSV: a quote is doubled inside quotes, and stands nowhere but around a field. "When a field is enclosed in quotes, white space between the delimiters and
 * the quote characters is ignored. If the delimiter is a white space character, such as a tab, the delimiter is not treated as white space" ("Data format
 * parameters").
 */
final class CsvReader extends DelimitedReader {
    private static final String BAD_QUOTE = "Invalid quote formatting for CSV";

    private final int quote;

    CsvReader(InputStream in, CopyOptions options) {
        super(in, options);
        quote = options.quote();
    }

    @Override
    void content(RawRecord row, int b) throws IOException {
        if (b != quote) {
            row.add((byte) b);
        } else if (row.isFieldBlank()) {
            row.clearField();
            quoted(row);
        } else {
            row.malformed(INVALID_LINE, BAD_QUOTE);
        }
    }

    /** From behind the opening quote to the delimiter or the line's end. */
    private void quoted(RawRecord row) throws IOException {
        for (int b = in.peek(); b != ByteSource.END && (b == '\n' || !isEnd(b)); b = in.peek()) {
            in.take();
            if (b != quote) {
                take(row, b);
                continue;
            }
            row.raw((byte) b);
            if (in.peek() != quote) {
                close();
                skipBlanks(row);
                return;
            }
            take(row, in.take());
        }
        missingEndQuote(row);
    }

    private void skipBlanks(RawRecord row) throws IOException {
        for (int b = in.peek(); b != delimiter && !isEnd(b); b = in.peek()) {
            if (!RawRecord.isBlank(b)) {
                row.malformed(INVALID_LINE, BAD_QUOTE);
                return;
            }
            if (b != '\r') {
                row.raw((byte) b);
            }
            in.take();
        }
    }
}
