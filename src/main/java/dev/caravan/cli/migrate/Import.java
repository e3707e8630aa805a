package dev.caravan.cli.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.migrate.datapipeline.DataPipelineImport;
import dev.caravan.migrate.datapipeline.PipelineDraft;
import dev.caravan.migrate.draft.Draft;
import dev.caravan.migrate.lambdaloader.LoaderImport;
import dev.caravan.migrate.rin.RinImport;
import dev.caravan.startup.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
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
            "Writes feeds that do what another loader's configuration says; of a pipeline of AWS Data Pipeline, syncs of tables.",
            "",
            "Each has a comment on everything that has no equal; one that would load something else than before stands in comments"
                    + " as a whole. Clusters go to caravan-clusters.properties, beside the folder of the routes, and the databases that"
                    + " syncs read to caravan-sources.properties, both for application.properties. Passwords and other secrets are"
                    + " named, never read nor written. A file that is there is not overwritten, unless --force."
        })
public final class Import extends LedgerCommand {
    @Option(names = "--from-lambda-loader", description = "Read the AWS loader's table LambdaRedshiftBatchLoadConfig.")
    private boolean fromLambdaLoader;

    @Option(names = "--from-rin", paramLabel = "FILE", description = "Read Rin's config.yaml.")
    private Optional<Path> fromRin = Optional.empty();

    @Option(
            names = "--from-data-pipeline",
            paramLabel = "FILE",
            description =
                    "Read the definition of a pipeline of AWS Data Pipeline, as aws datapipeline get-pipeline-definition prints it.")
    private Optional<Path> fromDataPipeline = Optional.empty();

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

    /** Other configurations are files. */
    @Override
    public boolean asksAws() {
        return fromLambdaLoader;
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        long origins = Stream.of(fromLambdaLoader, fromRin.isPresent(), fromDataPipeline.isPresent())
                .filter(origin -> origin)
                .count();
        if (origins != 1 || (ledger && !fromLambdaLoader)) {
            throw new CommandFailed(
                    "say what to read, one of --from-lambda-loader, --from-rin FILE and --from-data-pipeline FILE"
                            + " (only the first keeps a record for --ledger)");
        }
        if (locked.filter(state -> !state.matches("loaded|waiting")).isPresent()) {
            throw new CommandFailed("--locked is loaded or waiting, not '" + locked.get() + "'");
        }
        if (ledger) {
            new ImportLedger(out, spec.commandLine().getErr(), locked, plan)
                    .run(installation, place.tables(installation));
            return;
        }
        ImportFiles files = new ImportFiles(out, to, force);
        if (fromDataPipeline.isPresent()) {
            files.write(dataPipeline(fromDataPipeline.get()));
            return;
        }
        String origin = fromLambdaLoader ? "the AWS loader" : "Rin";
        Draft draft =
                fromLambdaLoader ? new LoaderImport(place.tables(installation)).draft() : rin(fromRin.orElseThrow());
        if (draft.feeds().isEmpty()) {
            throw new CommandFailed(origin + " has no configuration there: nothing is written");
        }
        files.write(draft, origin, fromLambdaLoader ? "lambda-loader.camel.yaml" : "rin.camel.yaml");
    }

    private static Draft rin(Path file) throws CommandFailed {
        return read(file, in -> RinImport.draft(new String(in.readAllBytes(), UTF_8)));
    }

    private static PipelineDraft dataPipeline(Path file) throws CommandFailed {
        return read(file, DataPipelineImport::draft);
    }

    /** Reads what is in a file. */
    private interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    private static <T> T read(Path file, Reader<T> reader) throws CommandFailed {
        try (InputStream in = Files.newInputStream(file)) {
            return reader.read(in);
        } catch (NoSuchFileException e) {
            throw new CommandFailed("there is no file " + file);
        } catch (IOException e) {
            throw new CommandFailed("can't read " + file + ": " + e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(file + " " + e.getMessage());
        }
    }
}
