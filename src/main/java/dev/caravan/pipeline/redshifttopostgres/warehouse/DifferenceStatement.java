package dev.caravan.pipeline.redshifttopostgres.warehouse;

import dev.caravan.pipeline.redshifttopostgres.column.MirrorColumns;
import dev.caravan.redshift.copy.HiddenSecrets;
import dev.caravan.redshift.copy.S3Access;
import dev.caravan.redshift.copy.SqlText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Renders the SQL of a difference. The source is read by one statement, so that whatever is sent is of one moment; the new state comes from the old one and the
 * difference, never from the source again. Texts, and not values, are what is compared, kept and sent; floats' have as many digits as PostgreSQL's have when it
 * makes the same hash (15 and 6), whatever the driver's session asks for.
 */
public final class DifferenceStatement {
    /** Bytes of a file: one stream of PostgreSQL's COPY after the other. */
    private static final int FILE_MEGABYTES = 256;

    private final WarehouseTables tables;
    private final MirrorColumns columns;

    public DifferenceStatement(WarehouseTables tables, MirrorColumns columns) {
        this.tables = tables;
        this.columns = columns;
    }

    /**
     * One body for camel-jdbc, which runs it as one transaction: makes the difference and the new state.
     *
     * @param relation what is mirrored, as it stands behind FROM
     * @param keepUnknown whether rows of the base that the source hasn't stay
     */
    public String compare(String relation, String base, String snapshot, boolean keepUnknown) {
        String difference = tables.difference(snapshot);
        int keys = columns.sourceKeys().size();
        List<String> k = numbered("k", keys);
        List<String> c = numbered("c", columns.sentValues().size());
        String join = k.stream().map(key -> "n." + key + " = o." + key).collect(Collectors.joining(" AND "));
        String nullKey = k.stream().map(key -> "n." + key + " IS NULL").collect(Collectors.joining(" OR "));
        String texts = Stream.concat(
                        pairs(
                                columns.sourceKeys().stream()
                                        .map(SqlText::identifier)
                                        .toList(),
                                k),
                        pairs(columns.sentValues(), c))
                .collect(Collectors.joining(", "));
        String both = k.stream()
                .map(key -> "COALESCE(n." + key + ", o." + key + ") AS " + key)
                .collect(Collectors.joining(", "));
        return """
                SET LOCAL extra_float_digits TO 0;
                CREATE TABLE %1$s DISTKEY(k1) AS
                SELECT CASE WHEN n.there IS NULL THEN '%2$s' WHEN %3$s THEN 'N' WHEN n.copies > 1 THEN 'X' WHEN o.there IS NULL THEN 'I' ELSE 'U' END AS op,
                  %4$s, n.h AS h%5$s
                FROM (SELECT m.*, %6$s AS h, COUNT(*) OVER (PARTITION BY %7$s) AS copies, 1 AS there
                  FROM (SELECT %8$s FROM %9$s AS mirrored) m) n
                FULL OUTER JOIN (SELECT %7$s, h, 1 AS there FROM %10$s) o ON %11$s
                WHERE n.there IS NULL OR o.there IS NULL OR n.h <> o.h OR n.copies > 1;
                CREATE TABLE %12$s DISTKEY(k1) SORTKEY(k1) AS
                SELECT %13$s, o.h FROM %10$s o LEFT JOIN %1$s d ON %14$s WHERE d.op IS NULL
                UNION ALL SELECT %7$s, h FROM %1$s WHERE op IN ('I', 'U')""".formatted(
                difference,
                keepUnknown ? "K" : "D",
                nullKey,
                both,
                c.stream().map(column -> ", n." + column).collect(Collectors.joining()),
                columns.hashInRedshift(c.stream().map(column -> "m." + column).toList()),
                String.join(", ", k),
                texts,
                relation,
                tables.state(base),
                join,
                tables.state(snapshot),
                k.stream().map(key -> "o." + key).collect(Collectors.joining(", ")),
                k.stream().map(key -> "d." + key + " = o." + key).collect(Collectors.joining(" AND ")));
    }

    /** Selects {@code op, n}, and with {@code base} the rows of the base: what the guards look at. */
    public String counts(String base, String snapshot) {
        return "SELECT op AS \"op\", COUNT(*) AS \"n\" FROM " + tables.difference(snapshot) + " GROUP BY op"
                + " UNION ALL SELECT 'base', COUNT(*) FROM " + tables.state(base);
    }

    /** Selects {@code op} and the key's texts of a few rows, for a person. */
    public String samples(String snapshot, String op, int most) {
        return "SELECT " + keyTexts() + " FROM " + tables.difference(snapshot) + " WHERE op = " + SqlText.literal(op)
                + " ORDER BY 1 LIMIT " + most;
    }

    private String keyTexts() {
        return IntStream.range(0, columns.sourceKeys().size())
                .mapToObj(i -> columns.sentKey(i, "k" + (i + 1)) + " AS \"k" + (i + 1) + "\"")
                .collect(Collectors.joining(", "));
    }

    /**
     * Writes what there is to do to files, one row each: op, keys, values. A prefix has the files of one attempt.
     *
     * @param url {@code s3://bucket/prefix/}
     * @param marker what is written for NULL, and is no value
     */
    public String unload(String snapshot, String url, String marker, S3Access access, HiddenSecrets secrets) {
        String values = IntStream.rangeClosed(1, columns.sentValues().size())
                .mapToObj(i -> ", c" + i)
                .collect(Collectors.joining());
        String select = "SELECT op, " + keyTexts() + values + " FROM " + tables.difference(snapshot)
                + " WHERE op IN ('I', 'U', 'D')";
        return "UNLOAD (" + SqlText.literal(select) + ")\nTO " + SqlText.literal(url) + "\n" + access.sql(secrets)
                + "\nFORMAT AS CSV NULL AS " + SqlText.literal(marker) + " GZIP MANIFEST VERBOSE MAXFILESIZE "
                + FILE_MEGABYTES + " MB";
    }

    /**
     * One body: makes a state of keys and hashes that PostgreSQL has given.
     *
     * @param relation what is mirrored: its keys have the types that the state's are to have
     * @param known a snapshot whose state has all keys that were mirrored: others aren't taken in; empty if nobody knows
     * @param manifestUrl of files of keys and hash, as CSV
     */
    public String state(
            String relation,
            String snapshot,
            Optional<String> known,
            String manifestUrl,
            S3Access access,
            HiddenSecrets secrets) {
        String keys = columns.sourceKeys().stream().map(SqlText::identifier).collect(Collectors.joining(", "));
        String names = IntStream.rangeClosed(1, columns.sourceKeys().size())
                .mapToObj(i -> "k" + i)
                .collect(Collectors.joining(", "));
        String typed = pairs(
                        columns.sourceKeys().stream().map(SqlText::identifier).toList(),
                        numbered("k", columns.sourceKeys().size()))
                .collect(Collectors.joining(", "));
        return "CREATE TABLE " + tables.state(snapshot) + " DISTKEY(k1) SORTKEY(k1) AS SELECT " + typed
                + ", CAST(0 AS BIGINT) AS h FROM (SELECT " + keys + " FROM " + relation
                + " AS mirrored WHERE 1 = 0) m;\n"
                + "COPY " + tables.state(snapshot) + " (" + names + ", h)\nFROM " + SqlText.literal(manifestUrl) + "\n"
                + access.sql(secrets) + "\nMANIFEST\nFORMAT AS CSV GZIP"
                + known.map(before -> ";\n" + onlyKnown(before, snapshot)).orElse("");
    }

    /** Selects {@code kind} ({@code missing}, {@code extra}, {@code changed}) and {@code n}: what a state of the target's own rows has otherwise. */
    public String kinds(String state, String actual) {
        return "SELECT kind AS \"kind\", COUNT(*) AS \"n\" FROM (" + compared(state, actual) + ") c GROUP BY kind"
                + " UNION ALL SELECT 'rows', COUNT(*) FROM " + tables.state(state);
    }

    /** Selects the keys' texts of a few rows of a kind. */
    public String samplesOfKind(String state, String actual, String kind, int most) {
        return "SELECT " + keyTexts() + " FROM (" + compared(state, actual) + ") c WHERE kind = "
                + SqlText.literal(kind) + " ORDER BY 1 LIMIT " + most;
    }

    private String compared(String state, String actual) {
        List<String> k = numbered("k", columns.sourceKeys().size());
        String both = k.stream()
                .map(key -> "COALESCE(o." + key + ", t." + key + ") AS " + key)
                .collect(Collectors.joining(", "));
        String keys = String.join(", ", k);
        return "SELECT CASE WHEN t.there IS NULL THEN 'missing' WHEN o.there IS NULL THEN 'extra' ELSE 'changed' END AS kind, "
                + both + " FROM (SELECT " + keys + ", h, 1 AS there FROM " + tables.state(state)
                + ") o FULL OUTER JOIN (SELECT " + keys + ", h, 1 AS there FROM " + tables.state(actual) + ") t ON "
                + k.stream().map(key -> "o." + key + " = t." + key).collect(Collectors.joining(" AND "))
                + " WHERE o.there IS NULL OR t.there IS NULL OR o.h <> t.h";
    }

    private String onlyKnown(String before, String base) {
        return "DELETE FROM " + tables.state(base) + " WHERE NOT EXISTS (SELECT 1 FROM " + tables.state(before)
                + " o WHERE "
                + IntStream.rangeClosed(1, columns.sourceKeys().size())
                        .mapToObj(i -> "o.k" + i + " = " + tables.state(base) + ".k" + i)
                        .collect(Collectors.joining(" AND "))
                + ")";
    }

    private static List<String> numbered(String letter, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> letter + i).toList();
    }

    private static Stream<String> pairs(List<String> expressions, List<String> names) {
        return IntStream.range(0, names.size()).mapToObj(i -> expressions.get(i) + " AS " + names.get(i));
    }
}
