package dev.caravan.cli;

import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.UnloadableBatch;
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
final class DescribeBatch extends LedgerCommand {
    @Parameters(paramLabel = "ID", description = "The batch's id, as list batches shows it.")
    private String id = "";

    @Option(
            names = "--files",
            paramLabel = "N",
            description = "At most so many of its files; 0 for none (default: 20).")
    private int most = 20;

    @Mixin
    private Output output = new Output();

    DescribeBatch(PrintWriter out) {
        super(out);
    }

    @Override
    void ask(Installation installation) throws CommandFailed {
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
                BatchDescription.of(record, files, quarantined, damage),
                description -> description.inWords(Instant.now()));
    }
}
