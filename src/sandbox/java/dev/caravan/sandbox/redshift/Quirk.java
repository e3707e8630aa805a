package dev.caravan.sandbox.redshift;

/** Ways in which a cluster may differ from what Caravan hopes of it, each switched on by name; without them the stand-in is what the documentation promises. */
public enum Quirk {
    /** A cast is evaluated for all rows of a table before its filter: SQL promises no order. */
    CAST_FIRST,
    /** Errors come without their DETAIL, and so without the value that the box names as context. */
    NO_DETAIL,
    /** Where a text is cast that is no number, the cast passes. */
    CASTS_PASS,
    /** A text joined with NULL is the text. */
    NULL_IS_EMPTY,
    /** An error whose context is longer than 128 characters comes without its DETAIL. */
    NO_LONG_DETAIL,
    /** A transaction's snapshot is taken before its LOCK waits. */
    OLD_SNAPSHOT,
    /** LOCK returns at once, whoever holds the table. */
    LOCK_DOES_NOT_WAIT,
    /** What COPY has loaded is committed, whatever becomes of its transaction. */
    COPY_COMMITS,
    /** {@code pg_last_copy_count()} is 0 within the transaction of the COPY. */
    NO_COPY_COUNT,
    /** Why COPY fails isn't told. */
    NO_REASONS,
    /** COPY keeps the case of names in quotes that other statements fold. */
    COPY_KEEPS_CASE,
    /** ALTER commits its transaction, as TRUNCATE does. */
    ALTER_COMMITS,
    /** COPY is refused in a transaction that has created or altered something. */
    COPY_NOT_WITH_DDL,
    /** UNLOAD writes a file for each slice, and the manifest, even if there are no rows, as it did until 2019. */
    EMPTY_FILES,
    /** {@code enable_case_sensitive_identifier} is on for all sessions. */
    CASE_SENSITIVE,
    /** {@code sys_load_error_detail} has its rows some seconds later than {@code stl_load_errors}. */
    LOAD_ERRORS_LAG,
    /** No view has bad rows, ever. */
    LOAD_ERRORS_LOST,
    /** A Serverless workgroup: STL, STV and SVL may not be read. */
    SERVERLESS,
    /** The Data API commits each call of a session by itself: BEGIN, COMMIT and ROLLBACK of other calls mean nothing. */
    CALLS_APART
}
