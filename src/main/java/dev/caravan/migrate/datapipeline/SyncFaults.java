package dev.caravan.migrate.datapipeline;

import dev.caravan.base.Fault;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.sync.TableSyncConfigurer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Caravan would refuse of syncs at its start. */
final class SyncFaults {
    /** A sync loads the same without them, only at other times, into a table that is made otherwise, or telling others. */
    static final Set<String> DISPENSABLE =
            Set.of("schedule", "timeZone", "distKey", "sortKey", "loadedTopic", "failedTopic");

    /** What application.properties says for all syncs is checked when Caravan starts. */
    private static final Map<String, String> SAID_ELSEWHERE = Map.of(
            "caravan.clusters", "any",
            "caravan.iam-role", "default",
            "caravan.copy-credentials", "role",
            "caravan.manifest-prefix", "any-bucket/any");

    private SyncFaults() {}

    /** @param syncs by name, each with its properties */
    static List<Fault> of(Map<String, Map<String, String>> syncs) {
        Map<String, TableSync> beans = new LinkedHashMap<>();
        syncs.forEach((name, properties) -> beans.put(name, TableSyncConfigurer.sync(properties)));
        return new Syncs(() -> beans, SAID_ELSEWHERE).faults();
    }
}
