package dev.caravan.redshift.evolution;

import java.time.Duration;

/** How much of what a producer wrote is believed and kept in memory while its fields are looked for. What exceeds a limit is left out. */
final class Limits {
    /** As many columns as a table can have: more names are data. */
    static final int MOST_NAMES = 1_600;

    /** Of all files of a batch together. */
    static final int MOST_NAMES_OF_BATCH = 5 * MOST_NAMES;

    /** In characters. A column's name has 127 bytes at most, and longer fields are told by their beginnings. */
    static final int LONGEST_NAME = 1_000;

    /** Digits: a DECIMAL has 38. */
    static final int LONGEST_NUMBER = 1_000;

    /** As deep as SUPER takes values. */
    static final int DEEPEST = 1_000;

    /** Bytes of JSON, decompressed, that are looked at in one batch. */
    static final long JSON_BUDGET = 64L << 20;

    /** Files that are read side by side: each may hold a block and what comes out of it. */
    static final int FILES_AT_ONCE = 4;

    /** Bytes of a JSON object, decompressed: COPY takes 4 MB. */
    static final int LARGEST_OBJECT = 16 << 20;

    /** Bytes of a compressed block, and of what comes out of it: lzop writes 256 KB. */
    static final int LARGEST_BLOCK = 8 << 20;

    /** Bytes of the schema in an Avro header. */
    static final int LARGEST_SCHEMA = 1 << 20;

    /** Names, values and brackets of that schema. */
    static final int MOST_TOKENS = 60_000;

    /** Bytes of all that an Avro header says. */
    static final int LARGEST_HEADER = 4 << 20;

    /** Bytes of a Parquet footer: read up to the end of the schema, and never kept. */
    static final int LARGEST_FOOTER = 64 << 20;

    /** Columns of a Parquet file, those within columns counted as well. */
    static final int MOST_ELEMENTS = 20_000;

    static final Duration PER_FILE = Duration.ofMinutes(1);
    static final Duration PER_BATCH = Duration.ofMinutes(15);

    private Limits() {}
}
