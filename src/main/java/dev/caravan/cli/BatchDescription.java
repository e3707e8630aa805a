package dev.caravan.cli;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.feed.Quantity;
import dev.caravan.ledger.BatchEvent;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.outcome.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
            @Nullable String reason,
            @Nullable String sqlState) {}

    /** What happened, and who did it. */
    record Event(Instant at, String what, String owner, String detail) {}

    /** A file that a cluster refused; {@code line} is 0 where the cluster didn't say. */
    record SetAside(
            String url, String version, String cluster, long line, String column, String value, String reason) {}

    /** A file. */
    record File(String url, String version, long size, Instant created) {}

    static BatchDescription of(
            BatchRecord record, List<FileEntry> files, List<QuarantinedFile> quarantined, String damage) {
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
                BatchNote.of(record),
                batch.outcomes().values().stream()
                        .map(BatchDescription::cluster)
                        .sorted(Comparator.comparing(InCluster::cluster))
                        .toList(),
                record.history().stream().map(BatchDescription::event).toList(),
                quarantined.stream().map(BatchDescription::setAside).toList(),
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
                        null,
                        null)
                : failed((Outcome.Failed) outcome);
    }

    private static InCluster failed(Outcome.Failed failed) {
        return new InCluster(
                failed.cluster(), "failed", failed.at(), null, null, null, failed.reason(), failed.sqlState());
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

    private static File file(FileEntry file) {
        return new File(file.url(), file.version(), file.size(), file.created());
    }

    String inWords(Instant now) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        facts(now)
                .forEach(fact -> out.println(
                        "%-12s %s".formatted(fact.get(0), fact.get(1)).stripTrailing()));
        section(out, "CLUSTERS", clusters.stream().map(BatchDescription::line).toList());
        section(
                out,
                "HISTORY",
                history.stream()
                        .map(event -> "%s  %-11s  %s  %s"
                                .formatted(event.at(), event.what(), event.owner(), event.detail())
                                .stripTrailing())
                        .toList());
        section(
                out,
                "QUARANTINED",
                quarantined.stream()
                        .map(file -> file.url() + (file.line() > 0 ? " line " + file.line() : "")
                                + (file.column().isEmpty() ? "" : " column " + file.column()) + " in cluster "
                                + file.cluster() + ": " + file.reason())
                        .toList());
        List<String> listed = new ArrayList<>(files.stream()
                .map(file -> "%s  %10s  %s".formatted(file.created(), Quantity.inBytes(file.size()), file.url()))
                .toList());
        if (!damage.isEmpty()) {
            listed.add(damage);
        } else if (fileCount > files.size()) {
            listed.add("… and " + (fileCount - files.size()) + " more (--files " + fileCount + " shows all)");
        }
        section(out, "FILES", listed);
        return text.toString().stripTrailing();
    }

    private List<List<String>> facts(Instant now) {
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("Batch", id));
        facts.add(List.of("Feed", feed));
        facts.add(List.of("Status", status + (note.isEmpty() ? "" : " (" + note + ")")));
        facts.add(List.of("Files", fileCount + ", " + Quantity.inBytes(bytes)));
        facts.add(List.of(
                "First file",
                first.truncatedTo(ChronoUnit.SECONDS) + ", " + Quantity.inWords(Duration.between(first, now))
                        + " ago"));
        if (locked != null) {
            facts.add(List.of("Locked", locked.truncatedTo(ChronoUnit.SECONDS) + " by " + completedBy));
            facts.add(List.of("Attempts", Integer.toString(attempt)));
        }
        if (owner != null) {
            facts.add(List.of("Owner", owner));
        }
        if (ended != null) {
            facts.add(List.of("Ended", ended.truncatedTo(ChronoUnit.SECONDS).toString()));
        }
        if (!manifest.isEmpty()) {
            facts.add(List.of("Manifest", manifest));
        }
        return facts;
    }

    private static String line(InCluster in) {
        return in.reason() == null
                ? in.cluster() + ": loaded " + in.rows() + " rows in " + in.millis() + " ms, at " + in.at()
                : in.cluster() + ": failed at " + in.at() + ": " + in.reason();
    }

    private static void section(PrintWriter out, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.println();
            out.println(title);
            lines.forEach(line -> out.println("  " + line));
        }
    }
}
