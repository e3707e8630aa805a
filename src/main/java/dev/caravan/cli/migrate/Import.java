package dev.caravan.cli.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caravan.base.Quantity;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.migrate.draft.ClusterDraft;
import dev.caravan.migrate.draft.Draft;
import dev.caravan.migrate.draft.DraftText;
import dev.caravan.migrate.draft.FeedDraft;
import dev.caravan.migrate.lambdaloader.LoaderImport;
import dev.caravan.migrate.rin.RinImport;
import dev.caravan.startup.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code caravan import}. */
@Command(
        name = "import",
        description = {
            "Writes feeds that do what another loader's configuration says.",
            "",
            "Each feed has a comment on everything that has no equal; a feed that would load something else than before stands in comments"
                    + " as a whole. Clusters go to caravan-clusters.properties, beside the folder of the routes, for"
                    + " application.properties. Passwords and other secrets are named, never read nor written. A file that is there is"
                    + " not overwritten, unless --force."
        })
public final class Import extends LedgerCommand {
    private static final String CLUSTERS = "caravan-clusters.properties";

    /** In the application.properties that Caravan comes with. */
    private static final String SHIPPED_CLUSTER = "redshift";

    @Option(names = "--from-lambda-loader", description = "Read the AWS loader's table LambdaRedshiftBatchLoadConfig.")
    private boolean fromLambdaLoader;

    @Option(names = "--from-rin", paramLabel = "FILE", description = "Read Rin's config.yaml.")
    private Optional<Path> fromRin = Optional.empty();

    @Mixin
    private LoaderPlace place = new LoaderPlace();

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "The folder of the routes that the feeds are written to (default: routes).")
    private Path to = Path.of("routes");

    @Option(
            names = "--ledger",
            description =
                    "Write no feeds, but tell the ledger which files of the feeds that are configured here the AWS loader has"
                            + " loaded. May be given again.")
    private boolean ledger;

    @Option(
            names = "--locked",
            paramLabel = "STATE",
            description = "With --ledger: what the files of batches are that are locked, loaded or waiting.")
    private Optional<String> locked = Optional.empty();

    @Option(names = "--plan", description = "With --ledger: only show what would be noted.")
    private boolean plan;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--force", description = "Overwrite files that are there.")
    private boolean force;

    public Import(PrintWriter out) {
        super(out);
    }

    /** Rin's configuration is a file. */
    @Override
    public boolean asksAws() {
        return fromLambdaLoader;
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        if (fromLambdaLoader == fromRin.isPresent() || (ledger && !fromLambdaLoader)) {
            throw new CommandFailed(
                    "say what to read: --from-lambda-loader, or --from-rin FILE (Rin keeps no record for --ledger)");
        }
        if (locked.filter(state -> !state.matches("loaded|waiting")).isPresent()) {
            throw new CommandFailed("--locked is loaded or waiting, not '" + locked.get() + "'");
        }
        if (ledger) {
            new ImportLedger(out, spec.commandLine().getErr(), locked, plan)
                    .run(installation, place.tables(installation));
            return;
        }
        String origin = fromLambdaLoader ? "the AWS loader" : "Rin";
        Draft draft =
                fromLambdaLoader ? new LoaderImport(place.tables(installation)).draft() : rin(fromRin.orElseThrow());
        if (draft.feeds().isEmpty()) {
            throw new CommandFailed(origin + " has no configuration there: nothing is written");
        }
        Path feeds = to.resolve(fromLambdaLoader ? "lambda-loader.camel.yaml" : "rin.camel.yaml");
        Path clusters = Optional.ofNullable(to.toAbsolutePath().normalize().getParent())
                .orElse(to)
                .resolve(CLUSTERS);
        refuseToOverwrite(Stream.of(feeds, clusters));
        write(feeds, DraftText.yaml(draft, origin));
        write(clusters, DraftText.properties(draft, origin));
        tell(draft, feeds, clusters);
    }

    private static Draft rin(Path file) throws CommandFailed {
        try {
            return RinImport.draft(Files.readString(file, UTF_8));
        } catch (NoSuchFileException e) {
            throw new CommandFailed("there is no file " + file);
        } catch (IOException e) {
            throw new CommandFailed("can't read " + file + ": " + e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(file + " " + e.getMessage());
        }
    }

    private void refuseToOverwrite(Stream<Path> files) throws CommandFailed {
        List<Path> there = files.filter(Files::exists).toList();
        if (!force && !there.isEmpty()) {
            throw new CommandFailed(there.stream().map(Path::toString).collect(Collectors.joining(" and "))
                    + (there.size() == 1 ? " is" : " are")
                    + " there already: move "
                    + (there.size() == 1 ? "it" : "them") + " away, or overwrite with --force; nothing is written");
        }
    }

    private static void write(Path file, String text) throws CommandFailed {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw new CommandFailed("can't write " + file + ": " + e.getMessage());
        }
    }

    private void tell(Draft draft, Path feeds, Path clusters) {
        out.println(feeds + ": " + Quantity.count(draft.feeds().size(), "feed") + ": "
                + draft.feeds().stream().map(FeedDraft::name).collect(Collectors.joining(", ")));
        out.println(clusters + ": " + Quantity.count(draft.clusters().size(), "cluster"));
        List<String> steps = new ArrayList<>();
        for (FeedDraft feed : draft.feeds()) {
            feed.offBecause().ifPresent(why -> steps.add("feed " + feed.name() + " stands in comments: " + why));
        }
        steps.add("go through the comments in " + feeds);
        steps.add("append " + clusters + " to application.properties");
        if (!draft.clusters().isEmpty()) {
            steps.add(shippedCluster(draft));
        }
        steps.addAll(draft.byHand());
        steps.add("caravan setup creates what is missing in AWS and the clusters; caravan check tries everything");
        out.println();
        out.println("By hand:");
        steps.forEach(step -> out.println("  - " + step));
    }

    /** It is the block of a cluster that whoever moves doesn't have, and a start tries it as well. */
    private static String shippedCluster(Draft draft) {
        List<String> names = draft.clusters().stream().map(ClusterDraft::name).toList();
        return names.contains(SHIPPED_CLUSTER)
                ? "the cluster " + SHIPPED_CLUSTER
                        + " of application.properties, as it was shipped, has the same name as one that is"
                        + " appended: take its lines away (caravan.redshift… and camel.beans.redshift…)"
                : "unless a feed of yours loads it, the cluster " + SHIPPED_CLUSTER
                        + " that application.properties was shipped"
                        + " with may go: take its lines away (caravan.redshift… and camel.beans.redshift…), and set caravan.clusters="
                        + String.join(",", names);
    }
}
