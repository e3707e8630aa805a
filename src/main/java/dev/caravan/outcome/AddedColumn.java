package dev.caravan.outcome;

import java.util.regex.Pattern;

/**
 * A column that a load adds, or has added, to its table because its files have a field of that name.
 *
 * @param column its name as Redshift knows it, without quotes: any text
 * @param type in SQL, for example {@code DECIMAL(12,2)}
 */
public record AddedColumn(String column, String type) {
    private static final Pattern TYPE = Pattern.compile("[A-Z]+( [A-Z]+)*(\\(\\d{1,8}(,\\d{1,2})?\\))?");

    public AddedColumn {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("not a type: " + type);
        }
    }

    /** For a person: {@code referrer VARCHAR(65535)}. */
    @Override
    public String toString() {
        return column + " " + type;
    }
}
