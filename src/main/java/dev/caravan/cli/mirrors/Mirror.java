package dev.caravan.cli.mirrors;

import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Terminal;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorRefused;
import dev.caravan.startup.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code caravan mirror}. */
@Command(
        name = "mirror",
        description = {
            "Runs a mirror now, and says how it goes until it is over.",
            "",
            "A running instance takes it up within seconds. Who stops waiting (Ctrl-C) stops nothing: caravan describe mirror says how far it"
                    + " is."
        })
public final class Mirror extends LedgerCommand {
    @Parameters(paramLabel = "NAME", description = "The mirror.")
    private String mirror = "";

    @Option(
            names = "--allow-deletes",
            description = "Any number of rows may be deleted, whatever maxDeletes says, by this run.")
    private boolean allowDeletes;

    @Option(
            names = "--plan",
            description =
                    "Makes the difference, says what it is and what guards say of it, and changes nothing in the target.")
    private boolean plan;

    @Option(names = "--no-wait", description = "Doesn't wait for the end.")
    private boolean noWait;

    public Mirror(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        TableMirror configured = MirrorName.configured(installation, mirror);
        if (plan) {
            plan(installation, configured);
        } else {
            new Asked(mirror, allowDeletes, false).begin(installation, out, !noWait);
        }
    }

    private void plan(Installation installation, TableMirror configured) throws CommandFailed {
        try (S3Client s3 = installation.clients().s3()) {
            Terminal.print(
                    out,
                    DifferenceText.of(configured, installation.mirrorPlanner(s3).plan(configured, allowDeletes)));
        } catch (SQLException | IOException | MirrorRefused e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }
}
