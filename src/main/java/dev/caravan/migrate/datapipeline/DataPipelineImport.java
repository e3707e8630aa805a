package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.datapipeline.definition.Definition;
import dev.caravan.migrate.datapipeline.definition.DefinitionReader;
import dev.caravan.migrate.datapipeline.definition.Expressions;
import dev.caravan.migrate.datapipeline.definition.PipelineObject;
import dev.caravan.migrate.draft.BeanNames;
import dev.caravan.migrate.draft.ClusterDraft;
import dev.caravan.migrate.draft.Clusters;
import dev.caravan.migrate.draft.Draft;
import dev.caravan.migrate.draft.FeedDraft;
import dev.caravan.migrate.draft.FeedNames;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes syncs of a pipeline's definition, one for each RedshiftCopyActivity and the CopyActivity that writes its files. What the definition means is said by
 * AWS's <a href="https://docs.aws.amazon.com/datapipeline/latest/DeveloperGuide/dp-pipeline-objects.html">Pipeline Object Reference</a>.
 */
public final class DataPipelineImport {
    /** The bean that syncs are. */
    public static final String BEAN = TableSync.class.getName();

    private final Definition definition;
    private final Expressions expressions;
    private final Map<Chain, FeedDraft> syncs = new LinkedHashMap<>();
    private final Databases databases;
    private final Set<PipelineObject> used = new HashSet<>();

    private DataPipelineImport(Definition definition) {
        this.definition = definition;
        expressions = new Expressions(definition);
        FeedNames names = new FeedNames();
        for (Chain chain : Chain.all(definition, expressions)) {
            syncs.put(
                    chain,
                    new FeedDraft(
                            name(chain, names),
                            "Data Pipeline's " + chain.load().label()));
        }
        databases = new Databases(expressions, new BeanNames(names()));
    }

    private Set<String> names() {
        return syncs.values().stream().map(FeedDraft::name).collect(Collectors.toSet());
    }

    /**
     * Reads a definition. The syncs are tried as Caravan would read them: what it would refuse is a comment.
     *
     * @throws IllegalArgumentException if it can't be read, or loads no table; the message, after the file's name, says why
     */
    public static PipelineDraft draft(InputStream json) throws IOException {
        Definition definition = DefinitionReader.read(json);
        Secrets secrets = new Secrets(definition.secretTexts());
        PipelineDraft pipeline = secrets.takenOut(new DataPipelineImport(definition).draft(secrets));
        return new PipelineDraft(pipeline.draft().checked(SyncFaults::of, SyncFaults.DISPENSABLE), pipeline.sources());
    }

    /** After the table that is read; a word that YAML takes for something else gets one before it. */
    private String name(Chain chain, FeedNames names) {
        String table =
                SqlScan.unquoted(expressions.text(chain.source(), "table")).replaceFirst(".*\\.", "");
        boolean isOdd = table.matches("(?i)null|true|false|yes|no|on|off|[^a-z].*|");
        return names.of("tables/" + (isOdd ? "table-" + table : table));
    }

    private PipelineDraft draft(Secrets secrets) {
        Source source = new Source(definition, expressions, databases);
        Set<Chain> incremental = new HashSet<>();
        syncs.forEach((chain, draft) -> {
            if (source.apply(chain.source(), draft)) {
                incremental.add(chain);
            }
        });
        Set<String> taken = names();
        databases.all().forEach(each -> taken.add(each.name()));
        TargetClusters clusters = new TargetClusters(definition, expressions, Clusters.beside(taken));
        Target target = new Target(definition, expressions, clusters);
        Around around = new Around(definition, expressions);
        Timing timing = new Timing(definition, expressions);
        syncs.forEach((chain, draft) -> {
            target.apply(chain, incremental.contains(chain), draft);
            around.apply(chain, draft);
            timing.apply(chain.load(), draft).ifPresent(used::add);
            Fields.comments(chain).forEach(draft::comment);
            used.addAll(chain.objects());
            definition.ref(chain.copy(), "output").ifPresent(used::add);
            source.database(chain.source()).ifPresent(used::add);
            chain.target().flatMap(node -> definition.ref(node, "database")).ifPresent(used::add);
        });
        used.addAll(around.used());
        List<String> leftovers = new Leftovers(definition, expressions).sentences(used);
        if (syncs.isEmpty()) {
            throw new IllegalArgumentException(
                    "has no RedshiftCopyActivity that loads what a CopyActivity copies from a table of a database"
                            + (leftovers.isEmpty() ? "" : ". " + secrets.without(String.join(". ", leftovers))));
        }
        List<String> steps = new ArrayList<>(byHand(clusters));
        if (!around.used().isEmpty()) {
            steps.add(
                    "subjects and messages of SnsAlarms are not taken over: Caravan's messages say what became of a load");
        }
        steps.addAll(leftovers);
        return new PipelineDraft(new Draft(List.copyOf(syncs.values()), clusters.all(), steps), databases.all());
    }

    private List<String> byHand(TargetClusters clusters) {
        List<String> steps = new ArrayList<>();
        for (SourceDraft source : databases.all()) {
            steps.add("set " + source.passwordVariable() + ": the password of " + source.user() + " at " + source.url()
                    + "; or write {{aws:NAME#FIELD}}, a secret of Secrets Manager, in its place");
        }
        steps.addAll(databases.steps());
        for (ClusterDraft cluster : clusters.all()) {
            steps.add("set " + cluster.passwordVariable() + ": the password of " + cluster.user() + " at "
                    + cluster.url());
        }
        steps.addAll(clusters.steps());
        steps.add("files in between go below parts/ of caravan.manifest-prefix, and no more where the pipeline has them"
                + Around.places(syncs.keySet(), expressions)
                + ": name a bucket in the clusters' region, and a role of COPY that may read it in caravan.iam-role");
        steps.add("give the sources' users the rights that docs/how-to/sync-tables.md names");
        steps.add("caravan sync NAME --plan says what a sync would take, and which columns it would add: it goes by the"
                + " columns' names, the pipeline went by their order");
        steps.add(
                "deactivate the pipeline before a sync runs for the first time, else both load: aws datapipeline deactivate-pipeline");
        return steps;
    }
}
