package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.database.Databases;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.table.ClusterTables;
import dev.caravan.pipeline.tabletoredshift.table.TablePlan;
import dev.caravan.pipeline.tabletoredshift.table.TablePlanner;
import dev.caravan.pipeline.tabletoredshift.table.TableRefused;
import dev.caravan.pipeline.tabletoredshift.table.TogetherPlan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Says what a run would do, and changes nothing, neither in the source nor in a cluster. */
public final class SyncPlanner {
    private final Planning planning;
    private final TablePlanner planner;

    public SyncPlanner(Syncs syncs, Databases sources, ClusterTables clusters) {
        planning = new Planning(syncs, sources);
        planner = new TablePlanner(sources, clusters);
    }

    /**
     * The tables that a run would take.
     *
     * @throws TableRefused if it would take none, or was asked for one that isn't the sync's
     */
    public List<TableId> tables(TableSync sync, RunOptions options) throws SQLException, TableRefused {
        return planning.tables(sync, options);
    }

    /**
     * A plan for each table that a run would take.
     *
     * @throws SQLException if source or cluster can't be asked
     * @throws TableRefused if it would take none
     */
    public List<TablePlan> plan(TableSync sync, RunOptions options) throws SQLException, TableRefused {
        List<TablePlan> plans = new ArrayList<>();
        for (TableId table : planning.tables(sync, options)) {
            plans.add(planner.plan(sync, table, options.full()));
        }
        return plans;
    }

    /** What a person should know of tables that would be read as they were at one moment; nothing if each is read for itself. */
    public List<String> together(TableSync sync, RunOptions options, List<TablePlan> plans) {
        return TogetherPlan.of(sync, options.full(), plans);
    }
}
