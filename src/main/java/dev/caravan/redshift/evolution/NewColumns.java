package dev.caravan.redshift.evolution;

import dev.caravan.base.Quantity;
import dev.caravan.outcome.AddedColumn;
import dev.caravan.redshift.target.ClusterNames;
import dev.caravan.redshift.target.CopyFormat;
import dev.caravan.redshift.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a table lacks to take a batch.
 *
 * @param columns to be added, in this order
 * @param refused for a person: fields that become no column, and why; empty if there are none
 */
public record NewColumns(List<AddedColumn> columns, List<String> refused) {
    private static final int LONGEST_SHOWN = 127;
    private static final int MOST_COLUMNS = 1_600;

    /** More new fields in one batch are names that somebody made of data. */
    private static final int MOST_AT_ONCE = 100;

    /** None. */
    public static final NewColumns NONE = new NewColumns(List.of(), List.of());

    public NewColumns {
        columns = List.copyOf(columns);
        refused = List.copyOf(refused);
    }

    /**
     * Compares fields and columns as COPY does: by their names, those of Parquet by their positions.
     *
     * @param tableColumns the table's, in their order
     * @param copied those of them that COPY fills by position, the file column and the time of loading among them
     */
    public static NewColumns of(Target target, BatchFields batch, List<String> tableColumns, List<String> copied) {
        if (!batch.obstacle().isEmpty()) {
            return new NewColumns(List.of(), List.of(batch.obstacle()));
        }
        return target.format().kind() == CopyFormat.Kind.PARQUET
                ? byPosition(target, batch.fields(), tableColumns, copied)
                : byName(target, batch.fields(), tableColumns);
    }

    private static NewColumns byName(Target target, Fields fields, List<String> tableColumns) {
        boolean anyCase = target.format().argument().contains("ignorecase");
        Set<String> there =
                tableColumns.stream().map(ClusterNames::folded).collect(Collectors.toCollection(TreeSet::new));
        Map<String, ColumnType> missing = new LinkedHashMap<>();
        List<String> refused = new ArrayList<>();
        for (String field : fields.names()) {
            String column = ClusterNames.folded(field);
            Optional<ColumnType> type = fields.type(field);
            boolean matches = anyCase || column.equals(field);
            String why = matches
                    ? ClusterNames.unfit(column)
                    : "has upper-case letters: write JSON or AVRO 'auto ignorecase'";
            if (tableColumns.contains(field) || (matches && there.contains(column)) || type.isEmpty()) {
                continue;
            }
            if (why.isEmpty()) {
                missing.merge(column, type.get(), ColumnType::or);
            } else {
                refused.add("field " + shown(field) + " " + why);
            }
        }
        return bounded(missing, refused, tableColumns.size());
    }

    private static NewColumns byPosition(Target target, Fields fields, List<String> tableColumns, List<String> copied) {
        List<String> filled = new ArrayList<>(copied);
        Stream.of(target.writtenFileColumn(), target.loadedAtColumn())
                .flatMap(Optional::stream)
                .flatMap(column -> ClusterNames.find(filled, column).stream())
                .toList()
                .forEach(filled::remove);
        String obstacle = Columnar.differ(filled, fields);
        if (!obstacle.isEmpty()) {
            return new NewColumns(List.of(), List.of(obstacle));
        }
        Map<String, ColumnType> missing = new LinkedHashMap<>();
        for (String field : fields.names()
                .subList(
                        Math.min(filled.size(), fields.names().size()),
                        fields.names().size())) {
            String column = ClusterNames.folded(field);
            String why = ClusterNames.find(tableColumns, column).isPresent() || missing.containsKey(column)
                    ? "would be there twice"
                    : fields.type(field).isEmpty() ? "has a type that no column takes" : ClusterNames.unfit(column);
            if (!why.isEmpty()) {
                return new NewColumns(
                        List.of(), List.of("field " + shown(field) + " " + why + ", and columns go by position"));
            }
            missing.put(column, fields.type(field).orElseThrow());
        }
        return bounded(missing, List.of(), tableColumns.size());
    }

    private static NewColumns bounded(Map<String, ColumnType> missing, List<String> refused, int there) {
        List<String> all = new ArrayList<>(refused);
        String tooMany = missing.size() > MOST_AT_ONCE
                ? Quantity.count(missing.size(), "new field") + " at once, more than " + MOST_AT_ONCE
                        + ": are their names data?"
                : there + missing.size() > MOST_COLUMNS
                        ? Quantity.count(there, "column") + " and " + Quantity.count(missing.size(), "new field")
                                + ": a table has " + Quantity.count(MOST_COLUMNS, "column") + " at most"
                        : "";
        if (!tooMany.isEmpty()) {
            all.add(tooMany);
            return new NewColumns(List.of(), all);
        }
        return new NewColumns(
                missing.entrySet().stream()
                        .map(field ->
                                new AddedColumn(field.getKey(), field.getValue().sql()))
                        .toList(),
                all);
    }

    private static String shown(String field) {
        String plain = field.replaceAll("\\p{Cc}", "?");
        return plain.length() > LONGEST_SHOWN ? plain.substring(0, LONGEST_SHOWN) + "…" : plain;
    }
}
