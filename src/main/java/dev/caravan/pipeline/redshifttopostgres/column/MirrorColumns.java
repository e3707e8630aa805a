package dev.caravan.pipeline.redshifttopostgres.column;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All columns of a mirror: keys, which tell rows apart, and values, in the order in which they are sent. */
public final class MirrorColumns {
    private final List<MirrorColumn> keys;
    private final List<MirrorColumn> values;

    MirrorColumns(List<MirrorColumn> keys, List<MirrorColumn> values) {
        this.keys = List.copyOf(keys);
        this.values = List.copyOf(values);
    }

    /** Redshift's names of the keys. */
    public List<String> sourceKeys() {
        return keys.stream().map(MirrorColumn::source).toList();
    }

    /** PostgreSQL's names of the keys. */
    public List<String> targetKeys() {
        return keys.stream().map(MirrorColumn::target).toList();
    }

    /** PostgreSQL's names of all, keys first: the order in which they are sent. */
    public List<String> targets() {
        return Stream.concat(keys.stream(), values.stream())
                .map(MirrorColumn::target)
                .toList();
    }

    /** Redshift's names of all, keys first. */
    public List<String> sources() {
        return Stream.concat(keys.stream(), values.stream())
                .map(MirrorColumn::source)
                .toList();
    }

    /** The texts of the values as they are sent, in Redshift's SQL. */
    public List<String> sentValues() {
        return values.stream().map(MirrorColumn::sent).toList();
    }

    /** The text of a key, in Redshift's SQL. */
    public String sentKey(int key, String quoted) {
        return keys.get(key).kind().redshift(quoted);
    }

    /**
     * A row's hash, in Redshift's SQL: 60 bits, BIGINT.
     *
     * @param texts quoted columns that have the texts of {@link #sentValues}
     */
    public String hashInRedshift(List<String> texts) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            all.append(i == 0 ? "" : " || ").append(values.get(i).inRedshift(texts.get(i)));
        }
        return "STRTOL(SUBSTRING(MD5(" + (all.length() == 0 ? "''" : all) + "), 1, 15), 16)";
    }

    /**
     * The same, in PostgreSQL's SQL, of the target's columns.
     *
     * @param missing columns that the target doesn't have yet: as if they were NULL
     */
    public String hashInPostgres(Set<String> missing) {
        String all = values.isEmpty()
                ? "''"
                : values.stream()
                        .map(column -> missing.contains(column.target()) ? MirrorColumn.NULL : column.inPostgres())
                        .collect(Collectors.joining(" || "));
        return "CAST(CAST('x0' || substr(md5(" + all + "), 1, 15) AS bit(64)) AS bigint)";
    }

    /**
     * As the target's ledger has it.
     *
     * @param table the target's
     */
    public String signature(String table) {
        return Signature.of(table, keys, values).text();
    }
}
