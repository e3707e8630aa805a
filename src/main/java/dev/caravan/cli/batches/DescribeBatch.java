package dev.caravan.cli.batches;

import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.cli.shell.BatchName;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Output;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.Ledger;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan describe batch}. */
@Command(
        name = "batch",
        description =
                "Tells all that the ledger knows of a batch: what happened to it, what became of it in each cluster, its files.")
public final class DescribeBatch extends LedgerCommand {
    @Parameters(paramLabel = "ID", description = "The batch's id, as list batches shows it.")
    private String id = "";

    @Option(
            names = "--files",
            paramLabel = "N",
            description = "At most so many of its files; 0 for none (default: 20).")
    private int most = 20;

    @Mixin
    private Output output = new Output();

    public DescribeBatch(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        BatchRecord record = BatchName.known(installation, id);
        Ledger ledger = installation.ledger();
        List<FileEntry> files = new ArrayList<>();
        String damage = "";
        try {
            ledger.files(record.batch(), file -> {
                if (files.size() < most) {
                    files.add(file);
                }
            });
        } catch (UnloadableBatch e) {
            damage = String.valueOf(e.getMessage());
        }
        List<QuarantinedFile> quarantined = ledger.quarantined(record.batch());
        output.one(
                out,
                BatchDescription.of(record, installation.waits(List.of(record)), files, quarantined, damage),
                description -> description.inWords(Instant.now()));
    }
}
