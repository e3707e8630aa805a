package dev.caravan.pipeline.tabletoredshift.type;

/**
 * How a column's values come out, and where they go.
 *
 * @param name in the source
 * @param expression in the source's SQL: a text of ASCII or UTF-8, or NULL
 * @param redshiftType for DDL: {@code VARCHAR(80)}
 * @param form what to look at
 * @param maxBytes what fits of {@link ValueForm#TEXT} and {@link ValueForm#HEX}; 0 for other forms
 * @param cuttable whether what is longer is of use when it is cut
 * @param nullable whether there may be NULLs in the target
 */
public record ColumnMapping(
        String name,
        String expression,
        String redshiftType,
        ValueForm form,
        int maxBytes,
        boolean cuttable,
        boolean nullable) {}
