package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.tabletoredshift.type.ColumnMapping;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a column's values as CSV, and looks at each: it is as it was, or changed by a policy and counted, or refused. Texts stand in quotes, so that one without any characters isn't NULL. */
final class ColumnWriter {
    private static final byte QUOTE = '"';

    private final ColumnMapping column;
    private final Set<Policy> policies;
    private final byte[] nullMarker, quotedMarker;
    private final Map<Policy, Long> changed = new EnumMap<>(Policy.class);

    ColumnWriter(ColumnMapping column, ExtractSettings settings) {
        this.column = column;
        policies = settings.policies();
        nullMarker = settings.nullMarker().getBytes(StandardCharsets.US_ASCII);
        quotedMarker = ('"' + settings.nullMarker() + '"').getBytes(StandardCharsets.US_ASCII);
    }

    /** What the source has as NULL. */
    void isNull(RowBuffer out) throws BadValue {
        if (!column.nullable()) {
            throw new BadValue(
                    "is NULL, though it tells rows apart (keys), or the source says that it never is. Leave such"
                            + " rows out (where), or have them corrected in the source");
        }
        writeNull(out);
    }

    private void writeNull(RowBuffer out) {
        out.add(nullMarker, 0, nullMarker.length);
    }

    void write(byte[] value, int start, int length, RowBuffer out) throws BadValue, NullMarkerTaken {
        switch (column.form()) {
            case PLAIN -> out.add(value, start, length);
            case FINITE_NUMBER -> number(value, start, length, out);
            case BIT -> bit(value, start, length, out);
            case DATE -> date(value, start, length, out);
            case TEXT -> text(value, start, length, out);
            case HEX -> hex(value, start, length, out);
        }
    }

    /** What policies did so far. */
    List<Extracted.Changed> changes() {
        return changed.entrySet().stream()
                .map(entry -> new Extracted.Changed(column.name(), entry.getKey(), entry.getValue()))
                .toList();
    }

    private void number(byte[] value, int start, int length, RowBuffer out) throws BadValue {
        if (Character.isDigit(value[start + length - 1])) {
            out.add(value, start, length);
        } else {
            outOfRange(out); // NaN, Infinity, -Infinity
        }
    }

    private void bit(byte[] value, int start, int length, RowBuffer out) throws BadValue {
        if (length != 1 || (value[start] != '0' && value[start] != '1')) {
            throw new BadValue(
                    "is neither 0 nor 1, and BOOLEAN has no other values. Keep it as a number (tinyint1: smallint)");
        }
        out.add(value[start]);
    }

    private void date(byte[] value, int start, int length, RowBuffer out) throws BadValue {
        switch (CalendarDate.of(value, start, length)) {
            case GOOD -> out.add(value, start, length);
            case ON_NO_CALENDAR -> {
                decided(
                        Policy.ZERO_DATES_TO_NULL,
                        "is a date that doesn't exist, such as 0000-00-00 or 2024-02-30. Have such dates become NULL");
                writeNull(out);
            }
            case OUT_OF_RANGE -> outOfRange(out);
        }
    }

    private void outOfRange(RowBuffer out) throws BadValue {
        decided(
                Policy.OUT_OF_RANGE_TO_NULL,
                "has a value that " + column.redshiftType()
                        + " doesn't have (NaN, an infinity, or a year before 1 or after 9999)."
                        + " Have such values become NULL");
        writeNull(out);
    }

    private void text(byte[] value, int start, int length, RowBuffer out) throws BadValue, NullMarkerTaken {
        int before = out.length();
        int end = start + length;
        int room = column.maxBytes();
        out.room(2 * Math.min(length, room) + 2);
        out.add(QUOTE);
        int run = start; // what isn't copied yet: most texts are one run
        for (int i = start, bytes; i < end; i += bytes) {
            byte b = value[i];
            bytes = b >= 0 ? 1 : character(value, i, end);
            if (b == 0) {
                decided(
                        Policy.STRIP_NUL,
                        "has a character U+0000, which Redshift doesn't keep. Have such characters left out");
                out.add(value, run, i - run);
                run = i + 1;
                continue;
            }
            room -= bytes;
            if (room < 0) {
                tooLong();
                end = i;
                break;
            }
            if (b == QUOTE) {
                out.add(value, run, i + 1 - run);
                run = i; // once more
            }
        }
        out.add(value, run, end - run);
        out.add(QUOTE);
        if (out.endsFrom(before, quotedMarker)) {
            throw new NullMarkerTaken(new String(nullMarker, StandardCharsets.US_ASCII));
        }
    }

    private int character(byte[] value, int at, int end) throws BadValue {
        int bytes = Utf8.length(value, at, end);
        if (bytes == 0) {
            throw new BadValue(
                    "has bytes that aren't valid UTF-8, or a noncharacter such as U+FFFE. Fix them in the source, or give an"
                            + " expression that does (columns: " + column.name() + "=…)");
        }
        return bytes;
    }

    private void hex(byte[] value, int start, int length, RowBuffer out) throws BadValue {
        if (length == 0) {
            decided(
                    Policy.EMPTY_BYTES_TO_NULL,
                    "is empty, which COPY would read as NULL. Have such values become NULL");
            writeNull(out);
            return;
        }
        int most = 2 * column.maxBytes();
        if (length > most) {
            tooLong();
        }
        out.add(value, start, Math.min(length, most));
    }

    private void tooLong() throws BadValue {
        String what = "is longer than the " + Quantity.count(column.maxBytes(), "byte") + " that "
                + column.redshiftType() + (column.redshiftType().equals("SUPER") ? " is given" : " holds");
        if (!column.cuttable()) {
            throw new BadValue(
                    what + ", and would be useless if it were cut. Leave the column out (columns: !" + column.name()
                            + "), or give an expression that makes it shorter (columns: " + column.name()
                            + "=…); JSON may be longer in SUPER (json: super)");
        }
        decided(Policy.CUT_TOO_LONG, what + ". Have such values cut");
    }

    /** Counts what a policy allows. */
    private void decided(Policy policy, String refusal) throws BadValue {
        if (!policies.contains(policy)) {
            throw new BadValue(
                    refusal + " (" + policy.written() + "), or leave the column out (columns: !" + column.name() + ")");
        }
        changed.merge(policy, 1L, Long::sum);
    }
}
