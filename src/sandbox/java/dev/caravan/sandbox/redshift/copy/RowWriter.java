package dev.caravan.sandbox.redshift.copy;

import dev.caravan.sandbox.redshift.copy.command.CopyOptions;
import dev.caravan.sandbox.redshift.copy.command.Flag;
import dev.caravan.sandbox.redshift.copy.command.Format;
import dev.caravan.sandbox.redshift.copy.format.RawRecord;
import dev.caravan.sandbox.redshift.copy.value.BadRow;
import dev.caravan.sandbox.redshift.copy.value.BadValue;
import dev.caravan.sandbox.redshift.copy.value.Column;
import dev.caravan.sandbox.redshift.copy.value.ColumnKind;
import dev.caravan.sandbox.redshift.copy.value.RowBuffer;
import dev.caravan.sandbox.redshift.copy.value.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Turns a record into a row: counts fields, decides what is NULL, has every value checked. */
final class RowWriter {
    private static final int NOT_NULL = 1213;
    private static final int TOO_MANY = 1202;
    private static final int TOO_FEW = 1203;
    private static final int NO_DELIMITER = 1214;

    private final List<Column> columns;
    private final CopyOptions options;
    private final RowBuffer out;
    private final ValueWriter values;
    private final byte[] nullAs;
    private final boolean text;
    private final boolean emptyAsNull;
    private final boolean blanksAsNull;
    private final boolean trimBlanks;
    private final boolean fillRecord;

    RowWriter(List<Column> columns, CopyOptions options, RowBuffer out) {
        this.columns = columns;
        this.options = options;
        this.out = out;
        values = new ValueWriter(options, out);
        nullAs = options.nulIsNull() ? new byte[] {0} : options.nullAs().getBytes(StandardCharsets.UTF_8);
        text = options.format().isText();
        emptyAsNull = options.has(Flag.EMPTYASNULL);
        blanksAsNull = options.has(Flag.BLANKSASNULL);
        trimBlanks = options.has(Flag.TRIMBLANKS);
        fillRecord = options.has(Flag.FILLRECORD);
    }

    /** Appends the row, or says what is wrong with it and leaves nothing behind. */
    Optional<BadRow> write(String file, RawRecord row) {
        if (!row.malformed().isEmpty()) {
            return bad(file, row, 0, 0, row.malformedCode(), row.malformed());
        }
        int wanted = columns.size();
        if (row.fields() > wanted) {
            return bad(file, row, wanted - 1, 0, TOO_MANY, "Extra column(s) found");
        }
        if (row.fields() < wanted && !fillRecord) {
            return options.format() != Format.TEXT
                    ? bad(file, row, row.fields() - 1, 0, TOO_FEW, "Missing data for column(s)")
                    : bad(file, row, row.fields() - 1, 0, NO_DELIMITER, "Delimiter not found");
        }
        out.startRow();
        for (int i = 0; i < wanted; i++) {
            if (i > 0) {
                out.separator();
            }
            try {
                value(columns.get(i), row, i);
            } catch (BadValue e) {
                out.dropRow();
                return bad(file, row, i, e.position(), e.code(), e.reason());
            }
        }
        out.endRow();
        return Optional.empty();
    }

    private void value(Column column, RawRecord row, int i) throws BadValue {
        int length = i < row.fields() ? row.length(i) : filled(column);
        int start = i < row.fields() ? row.start(i) : 0;
        if (length >= 0 && isNull(column, row.bytes(), start, length)) {
            length = RawRecord.NULL;
        }
        if (length == RawRecord.NULL) {
            if (column.isNotNull()) {
                throw new BadValue(NOT_NULL, 0, "Missing data for not-null field");
            }
            out.nullValue();
            return;
        }
        if (trimBlanks && column.kind() == ColumnKind.VARCHAR) {
            while (length > 0 && RawRecord.isBlank(row.bytes()[start + length - 1])) {
                length--;
            }
        }
        values.write(column, row.bytes(), start, length);
    }

    /** What FILLRECORD puts into a missing column: an empty string into a VARCHAR of text, NULL elsewhere. */
    private int filled(Column column) {
        return text && column.kind() == ColumnKind.VARCHAR ? 0 : RawRecord.NULL;
    }

    /** "Blank fields for other data types, such as INT, are always loaded with NULL" ("Data conversion parameters"). */
    private boolean isNull(Column column, byte[] bytes, int start, int length) {
        boolean character = column.kind().isCharacter();
        if (length == 0) {
            return character ? emptyAsNull || (text && nullAs.length == 0) : text;
        }
        if (text && length == nullAs.length && Arrays.equals(bytes, start, start + length, nullAs, 0, length)) {
            return true;
        }
        return (character ? blanksAsNull : text) && isBlank(bytes, start, length);
    }

    private static boolean isBlank(byte[] bytes, int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (!RawRecord.isBlank(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private Optional<BadRow> bad(String file, RawRecord row, int field, int position, int code, String reason) {
        Column column = columns.get(Math.max(0, field));
        return Optional.of(new BadRow(
                file,
                row.line(),
                column.name(),
                column.typeName(),
                column.length(),
                position,
                row.rawLine(),
                field >= 0 && field < row.fields() ? row.text(field) : "",
                code,
                reason));
    }
}
