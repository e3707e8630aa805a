package dev.caravan.pipeline.redshifttopostgres.column;

import dev.caravan.base.Nearest;
import dev.caravan.base.Quantity;
import dev.caravan.pipeline.redshifttopostgres.mirror.ColumnPairs;
import dev.caravan.redshift.target.ClusterNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a mirror's columns are, after both databases have been asked.
 *
 * @param columns those that go; of no use if there are faults
 * @param missing columns that PostgreSQL lacks, with the type that it would take: {@code founded_on date}
 * @param faults sentences; with one of them nothing can be mirrored
 * @param warnings sentences, for a person
 */
public record Pairing(MirrorColumns columns, Map<String, String> missing, List<String> faults, List<String> warnings) {
    /** Longer ones count in a row's hash by their MD5: a text has 65,535 bytes in Redshift. */
    private static final int LONG_TEXT = 256, LONGEST_ROW = 60_000, BYTES_OF_OTHERS = 64;

    public Pairing {
        missing = Map.copyOf(missing);
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
    }

    /**
     * Pairs them.
     *
     * @param source Redshift's columns
     * @param target PostgreSQL's by name, with their types as {@code format_type} writes them
     * @param known Redshift's names of columns that may be taken; empty if all may
     */
    public static Pairing of(
            ColumnPairs pairs,
            List<String> keys,
            List<SourceColumn> source,
            Map<String, String> target,
            Optional<Set<String>> known) {
        Work work = new Work(target);
        Map<String, String> taken = work.taken(pairs, source, known);
        boolean digestAll = source.stream()
                        .filter(column -> taken.containsKey(column.name()))
                        .mapToLong(column -> Math.min(LONG_TEXT, bytes(column)) + BYTES_OF_OTHERS)
                        .sum()
                > LONGEST_ROW;
        List<MirrorColumn> keyColumns = new ArrayList<>();
        List<MirrorColumn> values = new ArrayList<>();
        for (SourceColumn column : source) {
            if (taken.containsKey(column.name())) {
                boolean key = keys.stream().anyMatch(k -> same(k, column.name()));
                work.column(column, taken.getOrDefault(column.name(), ""), key, digestAll)
                        .ifPresent((key ? keyColumns : values)::add);
            }
        }
        keys.stream()
                .filter(key -> keyColumns.stream().noneMatch(column -> same(key, column.source())))
                .filter(key -> work.faults.isEmpty())
                .forEach(key -> work.faults.add("key " + key + " isn't among the columns of the source"));
        return new Pairing(new MirrorColumns(keyColumns, values), work.missing, work.faults, work.warnings);
    }

    private static boolean same(String one, String other) {
        return ClusterNames.folded(one).equals(ClusterNames.folded(other));
    }

    private static int bytes(SourceColumn column) {
        return ValueKind.of(column.type())
                .map(kind -> switch (kind) {
                    case VARCHAR, CHAR -> column.size() <= 0 ? Integer.MAX_VALUE : column.size();
                    case VARBYTE, SUPER -> Integer.MAX_VALUE;
                    default -> BYTES_OF_OTHERS;
                })
                .orElse(0);
    }

    private static final class Work {
        private final Map<String, String> target;
        private final List<String> faults = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private final Map<String, String> missing = new LinkedHashMap<>();

        Work(Map<String, String> target) {
            this.target = target;
        }

        /** Redshift's names to PostgreSQL's. */
        Map<String, String> taken(ColumnPairs pairs, List<SourceColumn> source, Optional<Set<String>> known) {
            List<String> names = source.stream().map(SourceColumn::name).toList();
            Map<String, String> taken = new LinkedHashMap<>();
            pairs.named()
                    .forEach((from, to) -> ClusterNames.find(names, from)
                            .ifPresentOrElse(
                                    found -> taken.put(found, to),
                                    () -> faults.add("columns names " + from + ", which the source hasn't"
                                            + Nearest.hint(from, names)
                                                    .map(hint -> ": " + hint)
                                                    .orElse(""))));
            pairs.out().stream()
                    .filter(out -> ClusterNames.find(names, out).isEmpty())
                    .forEach(out -> warnings.add("columns leaves out " + out + ", which the source hasn't"));
            if (pairs.others()) {
                names.stream()
                        .filter(name -> pairs.out().stream().noneMatch(out -> same(out, name)))
                        .forEach(name -> taken.putIfAbsent(name, name));
            }
            known.ifPresent(taken.keySet()::retainAll);
            return taken;
        }

        Optional<MirrorColumn> column(SourceColumn column, String to, boolean key, boolean digestAll) {
            ValueKind kind = ValueKind.of(column.type()).orElse(null);
            if (kind == null) {
                faults.add("column " + column.name() + " is " + column.type()
                        + ", which can't be mirrored; leave it out (columns: !" + column.name() + ")");
                return Optional.empty();
            }
            if (key && !kind.canBeKey()) {
                faults.add("key " + column.name() + " is " + column.type() + ": rows can't be told apart by it");
                return Optional.empty();
            }
            String written = target.get(to);
            if (written == null) {
                missing.put(to, PostgresTypes.of(kind, column));
                written = missing.get(to);
            }
            TargetType type = TargetType.of(written);
            fault(column, to, kind, type, written).ifPresent(faults::add);
            warning(column, to, kind, type).ifPresent(warnings::add);
            boolean digested = !key && (digestAll || bytes(column) > LONG_TEXT);
            return Optional.of(new MirrorColumn(column.name(), to, kind, column.scale(), type.base(), digested));
        }

        private static Optional<String> fault(
                SourceColumn column, String to, ValueKind kind, TargetType type, String written) {
            String pair = "column " + column.name() + " is " + column.type() + ", and " + to + " in PostgreSQL is "
                    + written + ": ";
            if (!kind.isTakenBy(type.base())) {
                return Optional.of(pair + "its values wouldn't stay what they are. Make it one of " + kind.takers()
                        + ", or leave it out (columns: !" + column.name() + ")");
            }
            boolean digitsLost = kind == ValueKind.DECIMAL
                    && (type.base().equals("numeric")
                            ? type.size() >= 0 && type.scale() < column.scale()
                            : !type.base().equals("text")
                                    && !type.base().equals("character varying")
                                    && column.scale() > 0);
            boolean secondsLost =
                    (kind == ValueKind.TIMESTAMP || kind == ValueKind.TIMESTAMPTZ || kind == ValueKind.TIME)
                            && type.size() >= 0
                            && type.size() < 6;
            return digitsLost || secondsLost
                    ? Optional.of(
                            pair + "digits behind the point would be lost. Make it " + PostgresTypes.of(kind, column))
                    : Optional.empty();
        }

        private static Optional<String> warning(SourceColumn column, String to, ValueKind kind, TargetType type) {
            if (kind.isFloat()) {
                return Optional.of("column " + column.name() + " is " + column.type() + ": " + to + " gets "
                        + (kind == ValueKind.REAL ? 6 : 15) + " digits of it, all that Redshift writes as text");
            }
            boolean narrow = (kind == ValueKind.VARCHAR || kind == ValueKind.CHAR)
                    && type.size() >= 0
                    && type.size() < column.size();
            return narrow
                    ? Optional.of("column " + column.name() + " has up to " + Quantity.count(column.size(), "byte")
                            + ", and " + to + " takes " + type.size() + " characters: a run fails at a longer value")
                    : Optional.empty();
        }
    }
}
