package dev.caravan.sandbox.redshift.unload;

import dev.caravan.sandbox.redshift.unload.command.UnloadFlag;
import dev.caravan.sandbox.redshift.unload.command.UnloadOptions;
import dev.caravan.sandbox.redshift.unload.file.ResultColumn;
import dev.caravan.sandbox.redshift.unload.file.Row;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * PARTITION BY: which folder a row goes to, "following the Apache Hive convention". That characters which a path can't have are written as {@code %3A}
 * is Hive's, of Redshift it isn't documented.
 */
public final class Partition {
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";
    private static final String ESCAPED = "\"#%'*/:=?\\\u007F{[]^";

    private final List<ResultColumn> keys;
    private final List<ResultColumn> kept;

    private Partition(List<ResultColumn> keys, List<ResultColumn> kept) {
        this.keys = keys;
        this.kept = kept;
    }

    /** @throws ServerError if the result doesn't have the columns, or such can't be keys */
    public static Partition of(List<ResultColumn> columns, UnloadOptions options) throws ServerError {
        List<ResultColumn> keys = new ArrayList<>();
        for (String name : options.partitionBy()) {
            List<ResultColumn> named = columns.stream()
                    .filter(column -> column.name().equals(name))
                    .toList();
            if (named.size() != 1) {
                String wrong = named.isEmpty() ? "is not in the query's result" : "is in the query's result twice";
                throw ServerError.of("42703", "Partition column \"" + name + "\" " + wrong);
            }
            if (!named.get(0).type().isPartitionKey()) {
                throw ServerError.of(
                        "0A000",
                        "Column \"" + name + "\" of type " + named.get(0).type().inManifest()
                                + " can't be a partition column");
            }
            keys.add(named.get(0));
        }
        List<ResultColumn> kept = options.has(UnloadFlag.INCLUDE)
                ? columns
                : columns.stream().filter(column -> !keys.contains(column)).toList();
        if (kept.isEmpty()) {
            throw ServerError.of("0A000", "At least one column must not be a partition column");
        }
        return new Partition(List.copyOf(keys), kept);
    }

    /** The columns of the files. */
    public List<ResultColumn> kept() {
        return kept;
    }

    /**
     * The query whose rows come folder by folder, and within one in the order of the query given. It has a column more, the last one.
     *
     * @param columns of the query
     */
    public String ordered(String query, int columns) {
        if (keys.isEmpty()) {
            return query;
        }
        String order = keys.stream().map(key -> String.valueOf(key.index() + 1)).collect(Collectors.joining(", "));
        return "SELECT u.*, row_number() OVER () FROM (\n" + query + "\n) u ORDER BY " + order + ", " + (columns + 1);
    }

    /** The row's folder, with a slash at its end; empty without PARTITION BY. */
    String folder(Row row) throws ServerError {
        StringBuilder folder = new StringBuilder();
        for (ResultColumn key : keys) {
            folder.append(key.name()).append('=').append(value(key, row)).append('/');
        }
        return folder.toString();
    }

    private static String value(ResultColumn key, Row row) throws ServerError {
        if (row.isNull(key.index())) {
            return NULL;
        }
        String value = key.text(row);
        if (value.isEmpty()) {
            throw ServerError.of(
                    "0A000",
                    "Partition column \"" + key.name()
                            + "\" is an empty text in a row: the sandbox's Redshift has no folder for it");
        }
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || ESCAPED.indexOf(c) >= 0) {
                escaped.append("%%%02X".formatted((int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
