package dev.caravan.sandbox.redshift.unload.file;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;

/**
 * "Each line containing a JSON object, representing a full record"; "boolean values are unloaded as {@code t} or {@code f}, and NULL values are unloaded
 * as null" ("UNLOAD"). That t and f stand in quotes isn't said; without them it would be no JSON.
 */
final class JsonLines implements LineFormat {
    private final List<ResultColumn> columns;

    JsonLines(List<ResultColumn> columns) {
        this.columns = columns;
    }

    @Override
    public void header(StringBuilder out) {
        throw new IllegalStateException("JSON has no HEADER");
    }

    @Override
    public void row(Row row, StringBuilder out) {
        out.append('{');
        for (int i = 0; i < columns.size(); i++) {
            ResultColumn column = columns.get(i);
            out.append(i > 0 ? "," : "");
            quoted(column.name(), out);
            out.append(':');
            String text = column.text(row);
            if (row.isNull(column.index())) {
                out.append("null");
            } else if (column.type() == ResultType.SUPER) {
                out.append(Json.compact(text));
            } else if (column.type().isNumber() && !Character.isLetter(text.charAt(text.length() - 1))) {
                out.append(text);
            } else {
                quoted(text, out); // a NaN, too
            }
        }
        out.append("}\n");
    }

    private static void quoted(String text, StringBuilder out) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }
}
