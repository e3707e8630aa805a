package dev.caravan.migrate.rin;

import dev.caravan.migrate.draft.Clusters;
import dev.caravan.migrate.draft.FeedDraft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The clusters of Rin's targets, by host, or through the Data API ({@code driver: redshift-data}). */
final class RinCluster {
    private final Clusters clusters;
    private final String region;
    private final List<String> steps = new ArrayList<>();

    /** @param region of all that Rin does with AWS; may be empty */
    RinCluster(Clusters clusters, String region) {
        this.clusters = clusters;
        this.region = region;
    }

    /** Says which cluster a feed loads, or why that can't be said. */
    void apply(Section redshift, FeedDraft draft) {
        String driver = redshift.text("driver");
        switch (driver) {
            case "redshift-data" -> dataApi(redshift, draft);
            case "", "postgres" -> jdbc(redshift, draft);
            default -> draft.off("driver: Rin knows postgres and redshift-data, not '" + driver + "'");
        }
    }

    /** What a person does besides, each once. */
    List<String> steps() {
        return steps;
    }

    private void jdbc(Section redshift, FeedDraft draft) {
        String host = redshift.text("host");
        if (host.isEmpty()) {
            draft.off("its redshift names no host; a cluster or workgroup wants driver: redshift-data");
            return;
        }
        String port = redshift.text("port").isEmpty() ? "5439" : redshift.text("port");
        draft.set(
                "clusters",
                clusters.at(host, port, database(redshift, draft), redshift.text("user"), "Rin's redshift")
                        .name());
        if (redshift.text("password").isEmpty()) {
            once("Rin has no password for " + redshift.text("user") + " at " + host
                    + ", and asks AWS for a temporary one (GetClusterCredentials): give that user one, or reach the cluster"
                    + " through the Data API, with dbUser");
        }
    }

    /** Rin takes the workgroup if both are there, and has no user with it. */
    private void dataApi(Section redshift, FeedDraft draft) {
        String workgroup = redshift.text("workgroup");
        String provisioned = redshift.text("cluster");
        if (workgroup.isEmpty() && provisioned.isEmpty()) {
            draft.off("driver: redshift-data wants a workgroup or a cluster, and there is neither");
            return;
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(
                workgroup.isEmpty() ? "clusterIdentifier" : "workgroupName",
                workgroup.isEmpty() ? provisioned : workgroup);
        String database = database(redshift, draft);
        properties.put("database", database);
        if (workgroup.isEmpty() && !redshift.text("user").isEmpty()) {
            properties.put("dbUser", redshift.text("user"));
        }
        if (!region.isEmpty()) {
            properties.put("region", region);
        }
        String name = workgroup.isEmpty() ? provisioned : workgroup;
        draft.set(
                "clusters",
                clusters.dataApi(name, database, properties, "Rin's redshift, driver redshift-data")
                        .name());
        once("allow Caravan the Data API of " + name + ": caravan setup --policies prints what that needs");
        for (String unused : List.of("host", "port", "password")) {
            if (!redshift.text(unused).isEmpty()) {
                draft.comment("redshift." + unused + " has no meaning with driver: redshift-data, in Rin neither");
            }
        }
        if (!workgroup.isEmpty() && !redshift.text("user").isEmpty()) {
            draft.comment(
                    "redshift.user has no meaning with a workgroup, in Rin neither: its user is the IAM identity's");
        }
    }

    private static String database(Section redshift, FeedDraft draft) {
        if (redshift.text("dbname").isEmpty()) {
            draft.comment("Rin names no dbname: dev is assumed");
            return "dev";
        }
        return redshift.text("dbname");
    }

    private void once(String step) {
        if (!steps.contains(step)) {
            steps.add(step);
        }
    }
}
