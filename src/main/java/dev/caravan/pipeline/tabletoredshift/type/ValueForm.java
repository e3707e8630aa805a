package dev.caravan.pipeline.tabletoredshift.type;

/** What the text of a value may be, and what therefore is looked at while it is extracted. */
public enum ValueForm {
    /** ASCII without blanks at its ends, quotes and commas; always fits. */
    PLAIN,
    /** As {@link #PLAIN}, but NaN and infinities are out of range. */
    FINITE_NUMBER,
    /** 0 or 1. */
    BIT,
    /** A date, or a date and a time: {@code 2024-02-29 12:00:00.5+00}. Some are on no calendar or out of range. */
    DATE,
    /** Any characters; may be too long. */
    TEXT,
    /** Two hexadecimal digits for each byte; may be too long. */
    HEX
}
