package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.target.ShapeDifference;
import dev.caravan.pipeline.tabletoredshift.target.TargetTable;
import dev.caravan.redshift.copy.ProgressStatement;
import dev.caravan.redshift.copy.SqlText;
import dev.caravan.redshift.target.SchemaEvolution;
import dev.caravan.redshift.target.TableName;
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

    Reached reached(Connection cluster, TableName table, String name) throws SQLException {
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
    void make(Connection cluster, List<String> statements) throws SQLException {
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
