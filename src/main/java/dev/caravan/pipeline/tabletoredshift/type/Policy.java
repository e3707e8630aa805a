package dev.caravan.pipeline.tabletoredshift.type;

/** What a person may decide about values that Redshift can't keep as they are. What isn't decided fails. */
public enum Policy {
    /** Dates that are on no calendar, as MySQL's 0000-00-00 and 2024-02-00, become NULL. */
    ZERO_DATES_TO_NULL("zeroDates: null"),
    /** Bytes of which there are none become NULL: COPY reads an empty field as that, unless it is of text. */
    EMPTY_BYTES_TO_NULL("emptyBytes: null"),
    /** Texts and bytes that are too long are cut, texts behind a whole character. */
    CUT_TOO_LONG("tooLong: truncate"),
    /** Numbers and times that the target's type doesn't have become NULL: NaN and infinities, dates before Christ and behind the year 9999. */
    OUT_OF_RANGE_TO_NULL("outOfRange: null"),
    /** Characters U+0000 in texts are left out. */
    STRIP_NUL("nulCharacters: strip"),
    /** MySQL's TINYINT(1) is BOOLEAN, and has no other values than 0 and 1. */
    TINYINT1_IS_BOOLEAN("tinyint1: boolean"),
    /** JSON is SUPER: the same to who asks for its fields, though not the same text. */
    JSON_IS_SUPER("json: super");

    private final String written;

    Policy(String written) {
        this.written = written;
    }

    /** As it is decided, for sentences: {@code tooLong: truncate}. */
    public String written() {
        return written;
    }
}
