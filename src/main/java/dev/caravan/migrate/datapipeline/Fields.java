package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.datapipeline.definition.PipelineObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which fields of the objects of a load are looked at, or need nothing here; all others are named. */
final class Fields {
    /** Beside those that begin with {@code my}, {@code @} or an asterisk. */
    private static final Set<String> EVERYWHERE = of(
            "id name type parent schedule scheduleType runsOn workerGroup stage failureAndRerunMode role resourceRole pipelineLogUri"
                    + " maximumRetries retryDelay attemptTimeout attemptStatus reportProgressTimeout lateAfterTimeout maxActiveInstances"
                    + " dependsOn precondition onFail onSuccess onLateAction");

    private static final Map<String, Set<String>> BY_TYPE = Map.of(
            "RedshiftCopyActivity", of("input output insertMode transformSql commandOptions queue"),
            "CopyActivity", of("input output"),
            "SqlDataNode", of("table selectQuery database schemaName"),
            "MySqlDataNode", of("table selectQuery database schemaName connectionString username"),
            "S3DataNode", of("directoryPath filePath dataFormat compression"),
            "RedshiftDataNode", of("database tableName schemaName createTableSql primaryKeys"));

    /** What a sync does in its own way, in a comment where the pipeline had its own. */
    private static final Map<String, String> WORDS = Map.of(
            "maximumRetries", "tries again",
            "retryDelay", "tries again",
            "attemptTimeout", "gives up",
            "reportProgressTimeout", "gives up",
            "lateAfterTimeout", "is late",
            "onLateAction", "is late",
            "maxActiveInstances", "runs beside itself");

    private Fields() {}

    /** Sentences on fields of a load's objects that have no equal. */
    static List<String> comments(Chain chain) {
        Set<String> unknown = new TreeSet<>();
        Set<String> own = new TreeSet<>();
        for (PipelineObject object : chain.objects()) {
            Set<String> known = new HashSet<>(EVERYWHERE);
            known.addAll(BY_TYPE.getOrDefault(object.type(), Set.of()));
            for (String field : object.fields().keySet()) {
                if (WORDS.containsKey(field)) {
                    own.add(field);
                } else if (!known.contains(field) && !field.matches("(?:my|@|\\*).*")) {
                    unknown.add(object.label() + ": " + field + " is not known, and not taken over");
                }
            }
        }
        List<String> comments = new ArrayList<>(unknown);
        if (!own.isEmpty()) {
            comments.add(String.join(", ", own) + ": when a sync "
                    + String.join(
                            ", ", new TreeSet<>(own.stream().map(WORDS::get).toList()))
                    + " is Caravan's to say, and not taken over");
        }
        return comments;
    }

    private static Set<String> of(String names) {
        return Set.copyOf(Arrays.asList(names.split(" ", -1)));
    }
}
