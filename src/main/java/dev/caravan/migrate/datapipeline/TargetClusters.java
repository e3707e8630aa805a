package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.datapipeline.definition.Definition;
import dev.caravan.migrate.datapipeline.definition.Expressions;
import dev.caravan.migrate.datapipeline.definition.PipelineObject;
import dev.caravan.migrate.draft.ClusterDraft;
import dev.caravan.migrate.draft.Clusters;
import dev.caravan.migrate.draft.FeedDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The clusters of RedshiftDatabases, by connection string, or by a cluster's name, which doesn't say its address. */
final class TargetClusters {
    private static final String PORT = "5439";

    /** Behind a cluster's name, in the place of its address. */
    private static final String NO_ADDRESS = ".address-not-known";

    private final Definition definition;
    private final Expressions expressions;
    private final Clusters clusters;
    private final List<String> steps = new ArrayList<>();

    TargetClusters(Definition definition, Expressions expressions, Clusters clusters) {
        this.definition = definition;
        this.expressions = expressions;
        this.clusters = clusters;
    }

    /** In the order in which they came up. */
    List<ClusterDraft> all() {
        return clusters.all().stream().map(TargetClusters::written).toList();
    }

    /** What a person does besides, each once. */
    List<String> steps() {
        return steps;
    }

    /** Says which cluster a sync loads, or that the definition doesn't. */
    void apply(PipelineObject node, FeedDraft draft) {
        Optional<PipelineObject> database = definition.ref(node, "database");
        if (database.isEmpty()) {
            draft.comment(
                    node.label() + " names no database that the definition has: caravan.clusters says which is loaded");
            return;
        }
        Optional<JdbcUrl> url = JdbcUrl.of(expressions.text(database.get(), "connectionString"));
        String id = expressions.text(database.get(), "clusterId");
        if (url.isPresent() || id.matches("[\\w-]+")) {
            draft.set("clusters", cluster(database.get(), url, id));
        } else {
            draft.comment(
                    database.get().label()
                            + " says neither a cluster nor a connection string that is understood: caravan.clusters says which is loaded");
        }
    }

    private String cluster(PipelineObject database, Optional<JdbcUrl> url, String id) {
        String named = expressions.text(database, "databaseName");
        String in = url.map(JdbcUrl::database).filter(text -> !text.isEmpty()).orElse(named);
        boolean hasName = in.matches("[\\w$.-]+");
        ClusterDraft cluster = clusters.at(
                url.map(JdbcUrl::host).orElse(id + NO_ADDRESS),
                url.map(of -> of.port(PORT)).orElse(PORT),
                hasName ? in : "dev",
                user(database),
                "Data Pipeline's " + database.label());
        String who = "cluster " + cluster.name() + ": " + database.label();
        if (url.isEmpty()) {
            String region = expressions.text(database, "region");
            once("set " + addressVariable(cluster) + ": " + who + " says no address; aws redshift describe-clusters"
                    + " --cluster-identifier " + id + (region.isEmpty() ? "" : " --region " + region)
                    + " prints Endpoint (port " + PORT + " is assumed)");
        }
        if (!hasName) {
            once(who + " names no database: dev is assumed");
        }
        if (user(database).isEmpty()) {
            once(who + " has no username that can be written here");
        }
        if (url.isPresent() && !url.get().parameters().isEmpty()) {
            once(who + ": what stands behind the ? of its connection string is not taken over");
        }
        return cluster.name();
    }

    private static ClusterDraft written(ClusterDraft cluster) {
        String url = cluster.url()
                .replaceFirst("//[^:]*" + NO_ADDRESS.replace(".", "\\."), "//{{env:" + addressVariable(cluster) + "}}");
        return new ClusterDraft(cluster.name(), url, cluster.user(), Map.of(), cluster.origin());
    }

    private static String addressVariable(ClusterDraft cluster) {
        return SourceDraft.variable(cluster.name(), "ADDRESS");
    }

    private String user(PipelineObject database) {
        String user = expressions.text(database, "username");
        return user.matches("[\\w.@+:/-]{1,128}") ? user : "";
    }

    private void once(String step) {
        if (!steps.contains(step)) {
            steps.add(step);
        }
    }
}
