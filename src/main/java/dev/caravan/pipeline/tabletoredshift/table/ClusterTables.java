package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.pipeline.tabletoredshift.sync.SyncMode;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.target.ShapeDifference;
import dev.caravan.pipeline.tabletoredshift.target.TargetTable;
import dev.caravan.redshift.copy.ProgressStatement;
import dev.caravan.redshift.copy.SqlText;
import dev.caravan.redshift.target.SchemaEvolution;
import dev.caravan.redshift.target.TableName;
import dev.caravan.redshift.target.WriteMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/** Asks clusters how far a table is there, and has them make what it lacks. */
public final class ClusterTables {
    /** There is no such table: undefined_table. */
    private static final String NO_TABLE = "42P01";
    /** There is no such schema: invalid_schema_name. */
    private static final String NO_SCHEMA = "3F000";

    /** duplicate_schema, duplicate_table and duplicate_column; of two who make the same at once, unique_violation in the catalog. */
    private static final Set<String> THERE_ALREADY = Set.of("42P06", "42P07", "42701", "23505");

    private final Function<String, Optional<DataSource>> clusters;
    private final ProgressStatement progress;

    /** @param clusters by name */
    public ClusterTables(Function<String, Optional<DataSource>> clusters, ProgressStatement progress) {
        this.clusters = clusters;
        this.progress = progress;
    }

    /** How far something is in a cluster: step 0 and no value before the first load. */
    record Reached(long step, String value) {
        static final Reached NOTHING = new Reached(0, "");
    }

    Connection connect(String cluster) throws SQLException {
        return clusters.apply(cluster)
                .orElseThrow(() -> new SQLException("there is no cluster " + cluster + " any more"))
                .getConnection();
    }

    private Reached reached(Connection cluster, TableName table, String name) throws SQLException {
        try (Statement statement = cluster.createStatement();
                ResultSet rows = statement.executeQuery(progress.ask(table, name))) {
            return rows.next() ? new Reached(rows.getLong(1), rows.getString(2)) : Reached.NOTHING;
        } catch (SQLException e) {
            if (NO_TABLE.equals(e.getSQLState()) || NO_SCHEMA.equals(e.getSQLState())) {
                return Reached.NOTHING;
            }
            throw e;
        }
    }

    /**
     * How far a sync is with a table whose lack is made good: not at all, if the rows that its progress tells of aren't there (somebody has dropped, renamed or
     * emptied the table), or lack a column that is added now. Rows that are only appended are left alone by whoever moves them elsewhere or adds a column.
     *
     * @param lacking statements that make good what it lacks
     */
    Reached reached(Connection cluster, TableSync sync, TargetTable table, String name, List<String> lacking)
            throws SQLException {
        Reached reached = reached(cluster, table.name(), name);
        if (reached.value().isEmpty() || sync.mode() == SyncMode.FULL) {
            return reached;
        }
        WriteMode mode = sync.writeMode(false);
        boolean made = lacking.contains(table.createTable());
        boolean widened = mode == WriteMode.OVERWRITE_EXISTING && !lacking.isEmpty();
        return made || widened || (mode.isMerge() && isEmpty(cluster, table))
                ? new Reached(reached.step(), "")
                : reached;
    }

    /**
     * Has a cluster make what it lacks of a table. Where that makes the table begin anew, this is noted first: whoever dies in between, the next one knows it.
     *
     * @return how far it is then
     * @throws TableRefused also if rows that are there lack a key, so that no row could take their place
     */
    Reached make(Connection cluster, TableSync sync, TableShape shape, String name) throws SQLException, TableRefused {
        TargetTable table = shape.target();
        List<String> lacking = lacking(cluster, sync, table);
        for (String key : shape.keys()) {
            if (!lacking.contains(table.createTable())
                    && lacking.stream().anyMatch(sql -> sql.contains(" ADD COLUMN " + SqlText.identifier(key) + " "))
                    && !isEmpty(cluster, table)) {
                throw new TableRefused(table.name().text() + " has no column " + key
                        + " yet, which is a key in the source now: rows that are there would be doubled. Have all rows"
                        + " replaced: caravan sync " + sync.name() + " --full --table "
                        + shape.source().id());
            }
        }
        Reached reached = reached(cluster, sync, table, name, lacking);
        if (!lacking.isEmpty() && reached.step() > 0 && reached.value().isEmpty()) {
            try (Statement statement = cluster.createStatement()) {
                statement.execute(progress.anew(table.name(), name));
            }
            reached = reached(cluster, table.name(), name);
        }
        make(cluster, lacking);
        return reached;
    }

    private static boolean isEmpty(Connection cluster, TargetTable table) throws SQLException {
        try (Statement statement = cluster.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT 1 FROM " + SqlText.identifiers(table.name().parts(), ".") + " LIMIT 1")) {
            return !row.next();
        }
    }

    /** Rows of a table; 0 if it isn't there. */
    long rows(Connection cluster, TargetTable table) throws SQLException {
        try (Statement statement = cluster.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM "
                        + SqlText.identifiers(table.name().parts(), "."))) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            if (NO_TABLE.equals(e.getSQLState()) || NO_SCHEMA.equals(e.getSQLState())) {
                return 0;
            }
            throw e;
        }
    }

    /** What a cluster lacks of a table: statements that make it. */
    List<String> lacking(Connection cluster, TableSync sync, TargetTable table) throws SQLException, TableRefused {
        ShapeDifference difference = ShapeDifference.of(cluster, table);
        List<String> faults = new ArrayList<>(difference.faults());
        if (!difference.isThere() && !sync.createTable()) {
            faults.add("there is no table " + table.name().text()
                    + " in Redshift, and createTable is false. Create it: " + table.createTable());
        }
        if (!difference.missing().isEmpty() && sync.schemaEvolution() == SchemaEvolution.NONE) {
            faults.add(table.name().text() + " lacks columns, and schemaEvolution is none. Add them: "
                    + String.join("; ", difference.statements()));
        }
        if (!faults.isEmpty()) {
            throw new TableRefused(String.join(". ", faults));
        }
        if (difference.isThere()) {
            return difference.statements();
        }
        List<String> statements = new ArrayList<>();
        table.createSchema().ifPresent(statements::add);
        statements.add(table.createTable());
        return statements;
    }

    /** Has it made, unless somebody else is faster. */
    private static void make(Connection cluster, List<String> statements) throws SQLException {
        for (String sql : statements) {
            try (Statement statement = cluster.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                if (!THERE_ALREADY.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
            }
        }
    }
}
