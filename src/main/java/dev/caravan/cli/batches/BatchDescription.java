package dev.caravan.cli.batches;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.cli.shell.Page;
import dev.caravan.ledger.BatchEvent;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.read.BatchNote;
import dev.caravan.ledger.read.Waits;
import dev.caravan.load.manifest.QuarantineOfBatch;
import dev.caravan.outcome.AddedColumn;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A batch as {@code describe batch} tells it.
 *
 * @param clusters what became of it, by cluster; those that have no outcome yet are not there
 * @param files its first files
 * @param note what it waits for, or why it failed; empty if there is nothing to say
 * @param damage why its files can't be told; empty if they can
 */
record BatchDescription(
        String id,
        String feed,
        String key,
        String status,
        String stage,
        long fileCount,
        long bytes,
        Instant first,
        Instant due,
        @Nullable Instant locked,
        @Nullable Instant ended,
        int attempt,
        @Nullable String owner,
        String completedBy,
        String manifest,
        String note,
        List<InCluster> clusters,
        List<Event> history,
        List<SetAside> quarantined,
        List<Superseded> superseded,
        List<File> files,
        String damage) {

    /** What became of it in a cluster. */
    record InCluster(
            String cluster,
            String status,
            Instant at,
            @Nullable Long rows,
            @Nullable Long millis,
            @Nullable String manifest,
            @Nullable List<AddedColumn> addedColumns,
            @Nullable Skipped skipped,
            @Nullable Long deleted,
            @Nullable String reason,
            @Nullable String sqlState) {}

    /** Rows that COPY left out: how many, of how many files, and the first of some of them. */
    record Skipped(long rows, long files, boolean known, List<SkippedFile> first) {
        static @Nullable Skipped of(dev.caravan.outcome.Skipped skipped) {
            return skipped.isNone()
                    ? null
                    : new Skipped(
                            skipped.rows(),
                            skipped.files(),
                            skipped.isKnown(),
                            skipped.first().stream()
                                    .map(file -> SkippedFile.of(file.first(), file.rows()))
                                    .toList());
        }

        String inWords() {
            return known
                    ? "; " + Quantity.count(rows, "row") + " of " + Quantity.count(files, "file") + " SKIPPED"
                            + first.stream().map(SkippedFile::inWords).collect(Collectors.joining("; ", ": ", ""))
                    : "; whether rows were skipped the cluster didn't say";
        }
    }

    /** A file's first row that was left out, and how many there are. */
    record SkippedFile(String url, long line, String column, String value, String reason, long rows) {
        static SkippedFile of(BadRow row, long rows) {
            return new SkippedFile(row.file(), row.line(), row.column(), row.value(), row.reason(), rows);
        }

        String inWords() {
            return new BadRow(url, line, column, value, 0, reason)
                    + (rows > 1 ? ", and " + Quantity.count(rows - 1, "row") + " more" : "");
        }
    }

    /** What happened, and who did it. */
    record Event(Instant at, String what, String owner, String detail) {}

    /** A file that a cluster refused; {@code line} is 0 where the cluster didn't say. */
    record SetAside(
            String url, String version, String cluster, long line, String column, String value, String reason) {}

    /** A file whose object was overwritten: {@code batch} has what that holds now. */
    record Superseded(String url, String version, String cluster, String batch, String reason) {}

    /** A file. */
    record File(String url, String version, long size, Instant created) {}

    static BatchDescription of(
            BatchRecord record, Waits waits, List<FileEntry> files, List<QuarantinedFile> leftOut, String damage) {
        Batch batch = record.batch();
        return new BatchDescription(
                batch.id(),
                batch.feed(),
                batch.key(),
                batch.status().word(),
                batch.stage().word(),
                batch.files(),
                batch.bytes(),
                batch.first(),
                batch.due(),
                batch.locked().orElse(null),
                record.ended().orElse(null),
                batch.attempt(),
                record.owner().orElse(null),
                record.completedBy(),
                batch.manifest(),
                BatchNote.of(record, waits),
                batch.outcomes().values().stream()
                        .map(BatchDescription::cluster)
                        .sorted(Comparator.comparing(InCluster::cluster))
                        .toList(),
                record.history().stream().map(BatchDescription::event).toList(),
                leftOut.stream()
                        .filter(file -> !file.isSuperseded())
                        .map(BatchDescription::setAside)
                        .toList(),
                new QuarantineOfBatch(leftOut)
                        .supersededIn(batch).stream()
                                .map(BatchDescription::superseded)
                                .toList(),
                files.stream().map(BatchDescription::file).toList(),
                damage);
    }

    private static InCluster cluster(Outcome outcome) {
        return outcome instanceof Outcome.Loaded loaded
                ? new InCluster(
                        loaded.cluster(),
                        "loaded",
                        loaded.at(),
                        loaded.rows(),
                        loaded.millis(),
                        loaded.manifest(),
                        loaded.addedColumns().isEmpty() ? null : loaded.addedColumns(),
                        Skipped.of(loaded.skipped()),
                        loaded.deleted() == 0 ? null : loaded.deleted(),
                        null,
                        null)
                : failed((Outcome.Failed) outcome);
    }

    private static InCluster failed(Outcome.Failed failed) {
        return new InCluster(
                failed.cluster(),
                "failed",
                failed.at(),
                null,
                null,
                null,
                null,
                null,
                null,
                failed.reason(),
                failed.sqlState());
    }

    private static Event event(BatchEvent event) {
        return new Event(event.at(), event.what(), event.owner(), event.detail());
    }

    private static SetAside setAside(QuarantinedFile file) {
        var cause = file.cause();
        return new SetAside(
                file.file().url(),
                file.file().version(),
                file.cluster(),
                cause.line(),
                cause.column(),
                cause.value(),
                cause.reason());
    }

    private static Superseded superseded(QuarantinedFile file) {
        return new Superseded(
                file.file().url(),
                file.file().version(),
                file.cluster(),
                file.instead(),
                file.cause().reason());
    }

    private static File file(FileEntry file) {
        return new File(file.url(), file.version(), file.size(), file.created());
    }

    String inWords(Instant now) {
        Page page = new Page()
                .fact("Batch", id)
                .fact("Feed", feed)
                .fact("Status", status + (note.isEmpty() ? "" : " (" + note + ")"))
                .fact("Files", fileCount + ", " + Quantity.inBytes(bytes))
                .fact("First file", Page.timeAndAge(first, now));
        if (locked != null) {
            page.fact("Locked", Page.time(locked) + (completedBy.isEmpty() ? "" : " by " + completedBy));
            page.fact("Attempts", Integer.toString(attempt));
        }
        return page.fact("Owner", owner == null ? "" : owner)
                .fact("Ended", ended == null ? "" : Page.time(ended))
                .fact("Manifest", manifest)
                .section(
                        "CLUSTERS",
                        clusters.stream().map(BatchDescription::line).toList())
                .section("HISTORY", history.stream().map(BatchDescription::line).toList())
                .section(
                        "QUARANTINED",
                        quarantined.stream().map(BatchDescription::line).toList())
                .section(
                        "SUPERSEDED",
                        superseded.stream()
                                .map(file -> file.url() + " in cluster " + file.cluster() + ": " + file.reason())
                                .toList())
                .section("FILES", fileLines())
                .toString();
    }

    private List<String> fileLines() {
        List<String> lines = new ArrayList<>(files.stream()
                .map(file -> "%s  %10s  %s".formatted(file.created(), Quantity.inBytes(file.size()), file.url()))
                .toList());
        if (!damage.isEmpty()) {
            lines.add(damage);
        } else if (fileCount > files.size()) {
            lines.add("… and " + (fileCount - files.size()) + " more (--files " + fileCount + " shows all)");
        }
        return lines;
    }

    private static String rows(@Nullable Long rows) {
        return Quantity.count(rows == null ? 0 : rows, "row");
    }

    private static String line(InCluster in) {
        List<AddedColumn> added = in.addedColumns();
        return in.reason() == null
                ? in.cluster() + ": loaded " + rows(in.rows()) + " in " + in.millis() + " ms, at "
                        + in.at()
                        + (added == null
                                ? ""
                                : ", with new columns "
                                        + added.stream()
                                                .map(AddedColumn::toString)
                                                .collect(Collectors.joining(", ")))
                        + (in.deleted() == null ? "" : ", " + rows(in.deleted()) + " deleted")
                        + (in.skipped() == null ? "" : in.skipped().inWords())
                : in.cluster() + ": failed at " + in.at() + ": " + in.reason();
    }

    private static String line(Event event) {
        return "%s  %-11s  %s  %s".formatted(event.at(), event.what(), event.owner(), event.detail());
    }

    private static String line(SetAside file) {
        return file.url() + (file.line() > 0 ? " line " + file.line() : "")
                + (file.column().isEmpty() ? "" : " column " + file.column()) + " in cluster " + file.cluster() + ": "
                + file.reason() + (file.value().isEmpty() ? "" : " (value '" + file.value() + "')");
    }
}
