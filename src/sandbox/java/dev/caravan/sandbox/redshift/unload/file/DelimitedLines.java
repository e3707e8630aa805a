package dev.caravan.sandbox.redshift.unload.file;

import dev.caravan.sandbox.redshift.unload.command.UnloadFlag;
import dev.caravan.sandbox.redshift.unload.command.UnloadFormat;
import dev.caravan.sandbox.redshift.unload.command.UnloadOptions;
import java.util.List;

/**
 * CSV and delimited text. Without ESCAPE a delimiter in a value stays as it is, and COPY takes it for one: "subsequent COPY operations using the
 * unloaded data might fail". A SUPER that is NULL is JSON's null, whatever NULL AS says. Not documented: whether ADDQUOTES puts quotes around a NULL's
 * text, too (here it does: "around each unloaded data field").
 */
final class DelimitedLines implements LineFormat {
    private final List<ResultColumn> columns;
    private final char delimiter;
    private final String nullAs;
    private final boolean csv;
    private final boolean addQuotes;
    private final boolean escape;

    DelimitedLines(List<ResultColumn> columns, UnloadOptions options) {
        this.columns = columns;
        delimiter = options.delimiter();
        nullAs = options.nullAs().orElse("");
        csv = options.format() == UnloadFormat.CSV;
        addQuotes = options.has(UnloadFlag.ADDQUOTES);
        escape = options.has(UnloadFlag.ESCAPE);
    }

    @Override
    public void header(StringBuilder out) {
        for (int i = 0; i < columns.size(); i++) {
            separate(i, out);
            field(columns.get(i).name(), true, out);
        }
        out.append('\n');
    }

    @Override
    public void row(Row row, StringBuilder out) {
        for (int i = 0; i < columns.size(); i++) {
            separate(i, out);
            ResultColumn column = columns.get(i);
            boolean json = column.type() == ResultType.SUPER;
            if (!row.isNull(column.index())) {
                String text = column.text(row);
                field(json ? Json.compact(text) : text, column.type().isCharacter(), out);
            } else if (json) {
                field("null", false, out);
            } else if (addQuotes) {
                out.append('"').append(nullAs).append('"');
            } else {
                out.append(nullAs);
            }
        }
        out.append('\n');
    }

    private void separate(int column, StringBuilder out) {
        if (column > 0) {
            out.append(delimiter);
        }
    }

    private void field(String text, boolean character, StringBuilder out) {
        if (csv) {
            csv(text, out);
            return;
        }
        out.append(addQuotes ? "\"" : "");
        if (escape && character) {
            escaped(text, out);
        } else {
            out.append(text);
        }
        out.append(addQuotes ? "\"" : "");
    }

    private void csv(String text, StringBuilder out) {
        boolean quoted = false;
        for (int i = 0; i < text.length() && !quoted; i++) {
            char c = text.charAt(i);
            quoted = c == delimiter || c == '"' || c == '\n' || c == '\r';
        }
        if (quoted) {
            out.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else {
            out.append(text);
        }
    }

    /** "For CHAR and VARCHAR columns in delimited unload files": line ends, the delimiter, the backslash, and with ADDQUOTES quotes. */
    private void escaped(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean quote = addQuotes && (c == '"' || c == '\'');
            if (c == '\n' || c == '\r' || c == '\\' || c == delimiter || quote) {
                out.append('\\');
            }
            out.append(c);
        }
    }
}
