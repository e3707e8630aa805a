package dev.caravan.cli.mirrors;

import dev.caravan.base.Quantity;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorRefused;
import dev.caravan.pipeline.redshifttopostgres.run.VerifiedMirror;
import dev.caravan.startup.Installation;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code caravan verify mirror}. */
@Command(
        name = "mirror",
        description = {
            "Compares what a mirror's target has with what was mirrored last, every row, and names what differs.",
            "",
            "It reads the target whole, and in Redshift keys and hashes alone: what has changed in the source since the last run is no"
                    + " difference. The exit code is 3 if anything differs."
        })
public final class VerifyMirror extends LedgerCommand {
    @Parameters(paramLabel = "NAME", description = "The mirror.")
    private String mirror = "";

    @Option(
            names = "--repair",
            description = "If anything differs, a run compares both sides anew and brings what differs.")
    private boolean repair;

    public VerifyMirror(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        TableMirror configured = MirrorName.configured(installation, mirror);
        VerifiedMirror found = verified(installation, configured);
        String table = String.join(".", configured.targetTable()) + " in " + configured.target();
        String others = found.extra() == 0 ? "" : "; others wrote " + Quantity.count(found.extra(), "row") + " besides";
        if (found.isSame()) {
            out.println(table + ": the same " + Quantity.count(found.rows(), "row") + " as snapshot " + found.snapshot()
                    + " had" + others);
            return;
        }
        out.println(table + ": not what snapshot " + found.snapshot() + " had, " + Quantity.count(found.rows(), "row")
                + others);
        kind("missing", found.missing(), found);
        kind("changed", found.changed(), found);
        if (!repair) {
            throw new CommandFailed(
                    "different: " + table + ". caravan verify mirror " + mirror + " --repair brings what differs",
                    CommandFailed.DIFFERS);
        }
        new Asked(mirror, false, true).begin(installation, out, true);
    }

    private void kind(String kind, long rows, VerifiedMirror found) {
        if (rows > 0) {
            out.println("  " + kind + ": "
                    + DifferenceText.rows(rows, found.samples().getOrDefault(kind, List.of())));
        }
    }

    private static VerifiedMirror verified(Installation installation, TableMirror configured) throws CommandFailed {
        try (S3Client s3 = installation.clients().s3()) {
            return installation.mirrorPlanner(s3).verify(configured);
        } catch (SQLException | IOException | MirrorRefused e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }
}
