package dev.caravan.pipeline.redshifttopostgres.column;

import dev.caravan.work.run.RunText;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a target's rows were written with. Two mirrors with the same have the same texts and hashes for the same rows; a column that is only wider changes nothing.
 *
 * @param hash how hashes are made
 * @param table schema and table: who names another one has filled none of it
 */
public record Signature(String hash, String table, List<Column> keys, List<Column> values) {
    private static final String HASH = "md5-60";

    public Signature {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
    }

    /** A column, as it stands in a signature. */
    public record Column(String source, String target, String kind, boolean digested) {
        static Column of(MirrorColumn column) {
            return new Column(
                    column.source(),
                    column.target(),
                    column.kind() + (column.kind() == ValueKind.DECIMAL ? "(" + column.scale() + ")" : ""),
                    column.digested());
        }
    }

    static Signature of(String table, List<MirrorColumn> keys, List<MirrorColumn> values) {
        return new Signature(
                HASH,
                table,
                keys.stream().map(Column::of).toList(),
                values.stream().map(Column::of).toList());
    }

    /** As the target's ledger has it. */
    public static Signature of(String text) {
        return text.isEmpty() ? new Signature("", "", List.of(), List.of()) : RunText.read(text, Signature.class);
    }

    String text() {
        return RunText.write(this);
    }

    /** Redshift's names. */
    public Set<String> sources() {
        return Stream.concat(keys.stream(), values.stream()).map(Column::source).collect(Collectors.toSet());
    }

    /** What differs from an earlier one, for a person. */
    public String since(Signature before) {
        Set<Column> now = Stream.concat(keys.stream(), values.stream()).collect(Collectors.toSet());
        Set<Column> then =
                Stream.concat(before.keys.stream(), before.values.stream()).collect(Collectors.toSet());
        String gained = named(now, then), lost = named(then, now);
        String words = (gained.isEmpty() ? "" : "now there is " + gained)
                + (gained.isEmpty() || lost.isEmpty() ? "" : ", ")
                + (lost.isEmpty() ? "" : "no longer " + lost);
        return !table.equals(before.table)
                ? "it stands in " + table + " now, and no longer in " + before.table
                : words.isEmpty() ? "the keys are others" : words;
    }

    private static String named(Set<Column> all, Set<Column> but) {
        return all.stream()
                .filter(column -> !but.contains(column))
                .map(column -> column.source() + " (" + column.kind() + ")")
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
