package dev.caravan.pipeline.tabletoredshift.source;

import java.util.Set;

/**
 * A column of a source table.
 *
 * @param type the name of its type, in lower case and without lengths: {@code varchar}. PostgreSQL's domains have that of the type below; its types that
 *     are made of others are {@code array}, {@code enum}, {@code range}, {@code multirange} and {@code composite}; those that aren't its own have
 *     their schema before them, except {@code citext}. MariaDB's LONGTEXT with a check that it is JSON is {@code json}
 * @param declared as the source's DDL says it, for people: {@code int(10) unsigned}
 * @param length characters of texts, bytes or bits of others; 0 if there is no limit, or none is meant
 * @param precision digits of a number, or of a second's fraction; 0 for numbers without a limit
 * @param scale digits behind the point; PostgreSQL knows negative ones
 * @param charset of MySQL's texts, else empty
 * @param generated whether its values are computed from others
 * @param invisible whether {@code SELECT *} leaves it out
 */
public record SourceColumn(
        String name,
        String type,
        String declared,
        long length,
        int precision,
        int scale,
        boolean nullable,
        String charset,
        boolean generated,
        boolean invisible) {
    private static final Set<String> WHOLE_NUMBERS =
            Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "int2", "int4", "int8");

    /** Whether its values are whole numbers. */
    public boolean isWholeNumber() {
        return WHOLE_NUMBERS.contains(type);
    }

    /** Whether MySQL's numbers have no negative half. */
    public boolean isUnsigned() {
        return declared.contains(" unsigned");
    }
}
