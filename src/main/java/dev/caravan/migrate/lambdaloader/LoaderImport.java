package dev.caravan.migrate.lambdaloader;

import dev.caravan.migrate.draft.ClusterDraft;
import dev.caravan.migrate.draft.Clusters;
import dev.caravan.migrate.draft.Draft;
import dev.caravan.migrate.draft.FeedDraft;
import dev.caravan.migrate.draft.FeedNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes feeds of the AWS loader's configuration. What is encrypted with KMS is named, never read. */
public record LoaderImport(LoaderTables tables) {

    /**
     * Reads it.
     *
     * @throws dev.caravan.base.aws.AwsRefused if DynamoDB doesn't let it
     */
    public Draft draft() {
        List<Item> configs = tables.configs().stream()
                .sorted(Comparator.comparing(LoaderImport::s3Prefix))
                .toList();
        return Clusters.apart(clusters -> draft(configs, clusters));
    }

    private static Draft draft(List<Item> configs, Clusters clusters) {
        FeedNames names = new FeedNames();
        List<FeedDraft> feeds = new ArrayList<>();
        configs.forEach(config -> feeds.addAll(feeds(config, names, clusters)));
        return new Draft(feeds, clusters.all(), byHand(clusters.all())).checked();
    }

    private static List<FeedDraft> feeds(Item config, FeedNames names, Clusters clusters) {
        String origin = "the AWS loader's " + s3Prefix(config)
                + config.text("version").map(version -> ", version " + version).orElse("");
        List<FeedDraft> feeds = new ArrayList<>();
        for (ClusterMapping.Target target : ClusterMapping.targets(config, clusters, origin)) {
            FeedDraft draft = new FeedDraft(names.of(s3Prefix(config)), origin);
            ConfigMapping.apply(config, draft);
            target.apply(draft);
            feeds.add(draft);
        }
        feeds.sort(Comparator.comparing(FeedDraft::name));
        feeds.subList(0, Math.max(0, feeds.size() - 1))
                .forEach(
                        draft -> draft.set("onMatch", "continue")
                                .comment(
                                        "the prefix has several tables in a cluster, or clusters that differ in more than their tables: each such load has a feed of its own"));
        return feeds;
    }

    private static String s3Prefix(Item config) {
        return config.text("s3Prefix").orElse("");
    }

    private static List<String> byHand(List<ClusterDraft> clusters) {
        List<String> steps = new ArrayList<>();
        for (ClusterDraft cluster : clusters) {
            steps.add("set " + cluster.passwordVariable() + ": the password of " + cluster.user() + " at "
                    + cluster.url() + " is encrypted with KMS, and was not read");
        }
        steps.add("give COPY a role that may read the files and the manifests, and name it in caravan.iam-role");
        steps.add("stop whatever writes lambda-redshift-trigger-file.dummy: a batch is loaded when it is due");
        return steps;
    }
}
