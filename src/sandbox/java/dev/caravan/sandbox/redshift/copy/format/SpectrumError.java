package dev.caravan.sandbox.redshift.copy.format;

import dev.caravan.sandbox.redshift.copy.s3.BoxedError;
import dev.caravan.sandbox.redshift.copy.value.BadRow;
import dev.caravan.sandbox.redshift.copy.value.Column;
import dev.caravan.sandbox.redshift.wire.ServerError;

/**
 * How a COPY of a columnar file fails: at once, in the client's error alone, without a line, and with a context that is cut off after so
 * many characters that its end may be missing.
 */
public final class SpectrumError {
    private static final int SCAN_ERROR = 15007;
    private static final int OUT_OF_RANGE = 15001;
    private static final int NULL_VALUE = 8007;
    private static final int NOT_NULL = 1213;
    private static final int TOO_LONG = 1204;
    private static final int LONGEST = 255;

    private SpectrumError() {}

    /** A file that is shorter than its entry in the manifest says (awslabs/aws-lambda-redshift-loader 223). */
    public static ServerError outOfRange() {
        return BoxedError.of(
                "Spectrum Scan Error",
                OUT_OF_RANGE,
                "Error: HTTP response error code: 416 Message: InvalidRange The requested range is not satisfiable");
    }

    /** @param context what is wrong with which file */
    static ServerError scan(String context) {
        return BoxedError.of(
                "Spectrum Scan Error",
                SCAN_ERROR,
                context.length() > LONGEST ? context.substring(0, LONGEST) : context);
    }

    /** A file with more columns than the table, or with fewer (rudderlabs/rudder-server 3178). */
    static ServerError unmatched(int table, int file, String url) {
        return scan("Unmatched number of columns between table and file. Table columns: " + table + ", Data columns: "
                + file + ", File name: " + http(url));
    }

    /** @param type of the file's column, in the words of its format */
    static ServerError incompatible(String format, String url, Column column, String type) {
        return scan("File '" + http(url) + "' has an incompatible " + format + " schema for column '" + url + "."
                + column.name() + "'. Column type: " + column.kind() + ", " + format + " schema:\n" + type);
    }

    /** A value that its column can't take. */
    public static ServerError of(BadRow row) {
        return switch (row.code()) {
            case NOT_NULL ->
                BoxedError.of("Cannot insert a NULL value into column " + row.column(), NULL_VALUE, row.file());
            case TOO_LONG ->
                scan("The length of the data column " + row.column()
                        + " is longer than the length defined in the table. Table: " + row.length() + ", Data: "
                        + row.rawValue().length() + ", File name: " + http(row.file()));
            default -> scan("File '" + http(row.file()) + "': " + row.reason() + " in column " + row.column());
        };
    }

    /** As Redshift names an object there. */
    static String http(String url) {
        return "https://s3.us-east-1.amazonaws.com/" + url.substring("s3://".length());
    }
}
