package dev.caravan.pipeline.tabletoredshift.verify;

import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.type.ColumnMapping;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import dev.caravan.redshift.target.TableName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/** Compares a table of a source with its table in Redshift, row by row and value by value. */
public final class Verification {
    private final Snapshot source;
    private final Selection selection;
    private final Set<Policy> policies;
    private final List<String> names;
    private final List<String> keys;
    private final Sizes sizes;

    private Verification(Snapshot source, Selection selection, Set<Policy> policies, List<String> keys, Sizes sizes) {
        this.source = source;
        this.selection = selection;
        this.policies = policies;
        this.keys = List.copyOf(keys);
        this.sizes = sizes;
        names = selection.columns().stream().map(ColumnMapping::name).toList();
        if (!names.containsAll(keys)) {
            throw new IllegalArgumentException("keys " + String.join(", ", keys) + " aren't all among the columns of "
                    + selection.table().id() + " that are taken: " + String.join(", ", names));
        }
    }

    /**
     * Compares all rows of a selection with all rows of a table.
     *
     * @param source what it reads is of this snapshot's moment, which is of no more use if this fails
     * @param policies those that the table is loaded by
     * @param cluster of the driver itself; it is in no transaction, and is in none afterwards
     * @param target has a column for each that is selected
     * @param keys columns that tell rows apart, in the source's spelling; without one, only the whole is compared
     * @throws ValueRefused if a value of the source can't be loaded as it is
     */
    public static VerifyResult of(
            Snapshot source,
            Selection selection,
            Set<Policy> policies,
            Connection cluster,
            TableName target,
            List<String> keys)
            throws IOException, SQLException, ValueRefused {
        return of(source, selection, policies, cluster, target, keys, Sizes.USUAL);
    }

    static VerifyResult of(
            Snapshot source,
            Selection selection,
            Set<Policy> policies,
            Connection cluster,
            TableName target,
            List<String> keys,
            Sizes sizes)
            throws IOException, SQLException, ValueRefused {
        Verification verification = new Verification(source, selection, policies, keys, sizes);
        boolean before = cluster.getAutoCommit();
        cluster.setAutoCommit(false);
        try {
            try (Statement statement = cluster.createStatement()) {
                statement.execute("SET LOCAL extra_float_digits TO 2"); // all 17 of a double; the default is 15
            }
            VerifyResult result = verification.compare(cluster, target);
            end(cluster, before);
            return result;
        } catch (IOException | SQLException | ValueRefused | RuntimeException e) {
            try {
                end(cluster, before);
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private static void end(Connection cluster, boolean autoCommit) throws SQLException {
        cluster.rollback();
        cluster.setAutoCommit(autoCommit);
    }

    private VerifyResult compare(Connection cluster, TableName target) throws IOException, SQLException, ValueRefused {
        List<ValueText> types = selection.columns().stream()
                .map(column -> ValueText.of(column.redshiftType()))
                .toList();
        int[] keyColumns = keys.stream().mapToInt(names::indexOf).toArray();
        String key = keys.isEmpty() ? "" : keys.get(0);
        Side ours = new SourceSide(source, selection, policies, key, new HashedRow(types, keyColumns));
        Side theirs =
                new ClusterSide(cluster, target, selection.columns(), types, key, new HashedRow(types, keyColumns));
        return isByNumber()
                ? new ByRanges(ours, theirs, source, selection, key, sizes).compare()
                : new ByBuckets(ours, theirs, keys, sizes).compare();
    }

    /**
     * Whether ranges can be read by the key: a whole number sorts alike on both sides, the primary key's index finds it, and it arrives as it stands in the
     * source.
     */
    private boolean isByNumber() {
        SourceTable table = selection.table();
        return keys.size() == 1
                && keys.equals(table.primaryKey())
                && table.columns().stream()
                        .filter(column -> column.name().equals(keys.get(0)))
                        .anyMatch(column -> column.isWholeNumber() && isPlain(table, column));
    }

    private boolean isPlain(SourceTable table, SourceColumn column) {
        SourceTable alone = new SourceTable(table.kind(), table.id(), table.engine(), List.of(column), List.of());
        List<ColumnMapping> plain = TypeMapping.of(alone, policies).columns();
        return selection.columns().containsAll(plain)
                && plain.stream().allMatch(mapping -> ValueText.of(mapping.redshiftType()) == ValueText.NUMBER);
    }
}
