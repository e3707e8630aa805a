package dev.caravan.sandbox.redshift.unload.file;

/** How a row becomes a line of a text file. */
interface LineFormat {
    /** Appends the line of the columns' names. */
    void header(StringBuilder out);

    /** Appends a row, with the end of its line. */
    void row(Row row, StringBuilder out);
}
