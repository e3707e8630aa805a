package dev.caravan.cli.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caravan.base.Quantity;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.migrate.datapipeline.DataPipelineImport;
import dev.caravan.migrate.datapipeline.PipelineDraft;
import dev.caravan.migrate.datapipeline.SourceText;
import dev.caravan.migrate.draft.ClusterDraft;
import dev.caravan.migrate.draft.Draft;
import dev.caravan.migrate.draft.DraftText;
import dev.caravan.migrate.draft.FeedDraft;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The files that {@code caravan import} writes, and what it says of them. */
final class ImportFiles {
    private static final String CLUSTERS = "caravan-clusters.properties";
    private static final String SOURCES = "caravan-sources.properties";

    /** In the application.properties that Caravan comes with. */
    private static final String SHIPPED_CLUSTER = "redshift";

    private final PrintWriter out;
    private final Path routes;
    private final boolean overwrites;

    /** @param routes the folder of the beans; what is for application.properties goes beside it */
    ImportFiles(PrintWriter out, Path routes, boolean overwrites) {
        this.out = out;
        this.routes = routes;
        this.overwrites = overwrites;
    }

    /** Writes feeds and clusters. */
    void write(Draft draft, String origin, String name) throws CommandFailed {
        Path feeds = routes.resolve(name);
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(feeds, DraftText.yaml(draft, origin));
        files.put(beside(CLUSTERS), DraftText.properties(draft, origin));
        write(files);
        tell(draft, "feed", feeds, Map.of());
    }

    /** Writes syncs, sources and clusters. */
    void write(PipelineDraft pipeline) throws CommandFailed {
        String origin = "AWS Data Pipeline";
        Draft draft = pipeline.draft();
        Path syncs = routes.resolve("data-pipeline.camel.yaml");
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(syncs, DraftText.yaml(draft, origin, "Syncs", DataPipelineImport.BEAN));
        files.put(beside(SOURCES), SourceText.properties(pipeline.sources(), origin));
        files.put(beside(CLUSTERS), DraftText.properties(draft, origin));
        write(files);
        tell(
                draft,
                "sync",
                syncs,
                Map.of(beside(SOURCES), Quantity.count(pipeline.sources().size(), "source")));
    }

    private Path beside(String name) {
        return Optional.ofNullable(routes.toAbsolutePath().normalize().getParent())
                .orElse(routes)
                .resolve(name);
    }

    private void write(Map<Path, String> files) throws CommandFailed {
        refuseToOverwrite(files.keySet());
        for (Map.Entry<Path, String> file : files.entrySet()) {
            try {
                Files.createDirectories(file.getKey().toAbsolutePath().getParent());
                Files.writeString(file.getKey(), file.getValue(), UTF_8);
            } catch (IOException e) {
                throw new CommandFailed("can't write " + file.getKey() + ": " + e.getMessage());
            }
        }
    }

    private void refuseToOverwrite(Set<Path> files) throws CommandFailed {
        List<Path> there = files.stream().filter(Files::exists).toList();
        if (!overwrites && !there.isEmpty()) {
            throw new CommandFailed(there.stream().map(Path::toString).collect(Collectors.joining(" and "))
                    + (there.size() == 1 ? " is" : " are")
                    + " there already: move "
                    + (there.size() == 1 ? "it" : "them") + " away, or overwrite with --force; nothing is written");
        }
    }

    /** @param settings files beside that of the clusters, each with what is in it */
    private void tell(Draft draft, String noun, Path beans, Map<Path, String> settings) {
        Path clusters = beside(CLUSTERS);
        out.println(beans + ": " + Quantity.count(draft.feeds().size(), noun) + ": "
                + draft.feeds().stream().map(FeedDraft::name).collect(Collectors.joining(", ")));
        settings.forEach((file, what) -> out.println(file + ": " + what));
        out.println(clusters + ": " + Quantity.count(draft.clusters().size(), "cluster"));
        List<String> steps = new ArrayList<>();
        for (FeedDraft feed : draft.feeds()) {
            feed.offBecause().ifPresent(why -> steps.add(noun + " " + feed.name() + " stands in comments: " + why));
        }
        steps.add("go through the comments in " + beans);
        settings.keySet().forEach(file -> steps.add("append " + file + " to application.properties"));
        steps.add("append " + clusters + " to application.properties");
        if (!draft.clusters().isEmpty()) {
            steps.add(shippedCluster(draft, noun));
        }
        steps.addAll(draft.byHand());
        steps.add("caravan setup creates what is missing in AWS and the clusters; caravan check tries everything");
        out.println();
        out.println("By hand:");
        steps.forEach(step -> out.println("  - " + step));
    }

    /** It is the block of a cluster that whoever moves doesn't have, and a start tries it as well. */
    private static String shippedCluster(Draft draft, String noun) {
        List<String> names = draft.clusters().stream().map(ClusterDraft::name).toList();
        return names.contains(SHIPPED_CLUSTER)
                ? "the cluster " + SHIPPED_CLUSTER
                        + " of application.properties, as it was shipped, has the same name as one that is"
                        + " appended: take its lines away (caravan.redshift… and camel.beans.redshift…)"
                : "unless a " + (noun.equals("feed") ? noun : "feed or " + noun) + " of yours loads it, the cluster "
                        + SHIPPED_CLUSTER
                        + " that application.properties was shipped"
                        + " with may go: take its lines away (caravan.redshift… and camel.beans.redshift…), and set caravan.clusters="
                        + String.join(",", names);
    }
}
