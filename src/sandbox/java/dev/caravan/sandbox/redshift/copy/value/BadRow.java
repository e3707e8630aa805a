package dev.caravan.sandbox.redshift.copy.value;

/**
 * A row that was not loaded, as the load tables tell it.
 *
 * @param line in the file, from 1
 * @param position of the error in the field, from 0
 * @param code 1200 to 1224
 */
public record BadRow(
        String file,
        long line,
        String column,
        String type,
        String length,
        int position,
        String rawLine,
        String rawValue,
        int code,
        String reason) {}
