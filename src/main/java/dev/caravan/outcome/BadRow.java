package dev.caravan.outcome;

/**
 * A row that a cluster refused, as its load-error view names it; or a whole file, if no view names a row.
 *
 * @param file the file's URL
 * @param line its line, from 1; 0 if the view names none
 * @param column the column's name; empty if the view names none
 * @param value what stood there; empty if no view tells
 * @param code the view's error code, 1200 to 1224; 0 if the view names none
 * @param reason the view's words
 */
public record BadRow(String file, long line, String column, String value, int code, String reason) {

    /** For a log: {@code s3://landing/web/a.json line 2, column id: Invalid digit …}. */
    @Override
    public String toString() {
        String place = line == 0 ? "" : " line " + line + (column.isEmpty() ? "" : ", column " + column);
        return file + place + ": " + reason + (value.isEmpty() ? "" : " (value '" + value + "')");
    }
}
