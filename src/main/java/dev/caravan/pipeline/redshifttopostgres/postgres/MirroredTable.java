package dev.caravan.pipeline.redshifttopostgres.postgres;

import dev.caravan.redshift.copy.SqlText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table of PostgreSQL that a mirror stands in, and those of its columns that the mirror writes; others are the application's.
 *
 * @param schema as PostgreSQL has it, without quotes, like all names here
 * @param table its name
 * @param keys what tells rows apart: unique, and never NULL in rows of the mirror
 * @param columns all that the mirror writes, keys among them, in the order of the difference's files
 */
public record MirroredTable(String schema, String table, List<String> keys, List<String> columns) {
    /** @throws IllegalArgumentException if there is no key, a key isn't among the columns, or one comes twice */
    public MirroredTable {
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
        Set<String> distinct = new HashSet<>(columns);
        if (keys.isEmpty() || !distinct.containsAll(keys)) {
            throw new IllegalArgumentException("keys of " + schema + "." + table + ": " + keys
                    + ", of which there must be one at least, and all among the columns " + columns);
        }
        if (distinct.size() != columns.size() || new HashSet<>(keys).size() != keys.size()) {
            throw new IllegalArgumentException(
                    "a column of " + schema + "." + table + " comes twice: keys " + keys + ", columns " + columns);
        }
    }

    /** {@code "schema"."table"}. */
    public String sql() {
        return SqlText.identifiers(List.of(schema, table), ".");
    }

    /** For people: {@code schema.table}. */
    public String inWords() {
        return schema + "." + table;
    }

    /** {@code "a", "b"}: the columns, quoted. */
    public String columnList() {
        return SqlText.identifiers(columns, ", ");
    }

    /** {@code "a", "b"}: the keys, quoted. */
    public String keyList() {
        return SqlText.identifiers(keys, ", ");
    }

    /** What a key is called in the difference's temporary table: {@code c1} for the first column. */
    public String position(String column) {
        return "c" + (columns.indexOf(column) + 1);
    }

    /** One expression for each key, joined. */
    public String eachKey(String separator, Function<String, String> expression) {
        return keys.stream().map(expression).collect(Collectors.joining(separator));
    }
}
