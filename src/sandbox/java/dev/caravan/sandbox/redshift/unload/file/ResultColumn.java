package dev.caravan.sandbox.redshift.unload.file;

import dev.caravan.sandbox.redshift.wire.Message;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of a result.
 *
 * @param index in the result, from 0
 * @param modifier PostgreSQL's type modifier; -1 without one
 */
public record ResultColumn(int index, String name, ResultType type, int modifier) {
    private static final int HEADER = 4; // PostgreSQL's type modifiers count a header of four bytes
    private static final int TABLE_AND_NUMBER = 6;
    private static final int AFTER_TYPE = 6; // its length
    private static final int FORMAT = 2;

    /** @param description a RowDescription */
    public static List<ResultColumn> of(Message description) throws ServerError {
        List<ResultColumn> columns = new ArrayList<>();
        int at = Short.BYTES;
        while (at < description.length()) {
            String name = description.string(at);
            int type = description.endOfString(at) + 1 + TABLE_AND_NUMBER;
            columns.add(new ResultColumn(
                    columns.size(),
                    name,
                    ResultType.of(description.int32(type), name),
                    description.int32(type + AFTER_TYPE)));
            at = type + AFTER_TYPE + Integer.BYTES + FORMAT;
        }
        return columns;
    }

    /**
     * The row's value, as it goes into a file: of a CHAR without the blanks at its end, as in AWS's example of a {@code char(64)} ("Unload data that
     * contains a delimiter"). A NULL is an empty text.
     */
    public String text(Row row) {
        String text = row.text(index);
        int end = text.length();
        while (type == ResultType.CHAR && end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    /** Of characters; Redshift's longest for an expression, of which PostgreSQL knows none. */
    public int length() {
        return modifier > HEADER ? modifier - HEADER : 65_535;
    }

    public boolean hasPrecision() {
        return type == ResultType.DECIMAL && modifier > HEADER;
    }

    public int precision() {
        return (modifier - HEADER) >> 16;
    }

    public int scale() {
        return (modifier - HEADER) & 0x7ff;
    }
}
