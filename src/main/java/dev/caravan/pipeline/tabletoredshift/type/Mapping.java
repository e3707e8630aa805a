package dev.caravan.pipeline.tabletoredshift.type;

import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import java.util.Optional;

/** The forms that both sources' mappings are made of. */
final class Mapping {
    /** Bytes of Redshift's longest VARCHAR. */
    static final int LONGEST_VARCHAR = 65_535;
    /** Bytes that are taken for one value, so that a row stays within the 4 MB that COPY reads; each byte is two digits. */
    static final int LONGEST_BYTES = 2_000_000;
    /** As {@link #LONGEST_BYTES}, of a JSON document. */
    static final int LONGEST_JSON = 4_000_000;

    private static final int MOST_DIGITS = 38, MOST_DECIMALS = 37;

    private Mapping() {}

    static Optional<ColumnMapping> plain(SourceColumn column, String expression, String type) {
        return made(column, expression, type, ValueForm.PLAIN, 0, false, false);
    }

    static Optional<ColumnMapping> bit(SourceColumn column, String expression) {
        return made(column, expression, "BOOLEAN", ValueForm.BIT, 0, false, false);
    }

    /** Digits that DECIMAL has not are kept as text, in which none is lost. */
    static Optional<ColumnMapping> decimal(
            SourceColumn column, String expression, ValueForm form, int precision, int scale, boolean nulls) {
        boolean fits = precision <= MOST_DIGITS && scale <= MOST_DECIMALS;
        return fits
                ? made(column, expression, "DECIMAL(" + precision + "," + scale + ")", form, 0, false, nulls)
                : made(
                        column,
                        expression,
                        varchar(precision + 3),
                        ValueForm.TEXT,
                        precision + 3, // sign, point, and a zero before it
                        false,
                        false);
    }

    static Optional<ColumnMapping> date(SourceColumn column, String expression, String type, boolean nulls) {
        return made(column, expression, type, ValueForm.DATE, 0, false, nulls);
    }

    /**
     * Texts.
     *
     * @param bytes that the longest needs; there are no more than VARCHAR has
     */
    static Optional<ColumnMapping> text(SourceColumn column, String expression, long bytes, boolean cuttable) {
        int max = (int) Math.max(1, Math.min(bytes, LONGEST_VARCHAR));
        return made(column, expression, varchar(max), ValueForm.TEXT, max, cuttable, false);
    }

    static Optional<ColumnMapping> superJson(SourceColumn column, String expression) {
        return made(column, expression, "SUPER", ValueForm.TEXT, LONGEST_JSON, false, false);
    }

    static Optional<ColumnMapping> hex(SourceColumn column, String expression, long bytes, boolean nulls) {
        int max = (int) Math.max(1, Math.min(bytes, LONGEST_BYTES));
        return made(column, expression, "VARBYTE(" + max + ")", ValueForm.HEX, max, true, nulls);
    }

    static String varchar(int bytes) {
        return "VARCHAR(" + bytes + ")";
    }

    private static Optional<ColumnMapping> made(
            SourceColumn column,
            String expression,
            String type,
            ValueForm form,
            int maxBytes,
            boolean cuttable,
            boolean nulls) {
        return Optional.of(new ColumnMapping(
                column.name(), expression, type, form, maxBytes, cuttable, column.nullable() || nulls));
    }
}
