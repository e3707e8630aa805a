package dev.caravan.cli.migrate;

import dev.caravan.base.Quantity;
import dev.caravan.cli.shell.Page;
import dev.caravan.cli.shell.Table;
import dev.caravan.migrate.lambdaloader.AuditReport;
import dev.caravan.migrate.lambdaloader.AuditReport.Blocked;
import dev.caravan.migrate.lambdaloader.AuditReport.Stuck;
import dev.caravan.migrate.lambdaloader.TwiceLoaded;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An audit of the AWS loader as people and scripts read it. Lists have at most as many as were asked for; the counts are of all.
 *
 * @param batches batches that were looked at, by status
 * @param processed files that were marked as processed
 * @param lostFiles files that were taken and never loaded, by nobody
 * @param lostBytes of those that are in S3
 * @param loadable how many of them can be loaded
 * @param loadedSince files that it never loaded, and Caravan did
 * @param failedFiles files of batches that failed
 * @param sent files whose events were sent
 */
record AuditSummary(
        Map<String, Integer> batches,
        long processed,
        int lostFiles,
        long lostBytes,
        int loadable,
        int loadedSince,
        int twiceFiles,
        long failedFiles,
        int unreadBatches,
        long sent,
        List<Lost> lost,
        List<TwiceLoaded> twice,
        List<Stuck> locked,
        List<Blocked> blocked,
        List<String> unread) {

    /**
     * A file that was taken and never loaded.
     *
     * @param batch absent if it was put into none
     * @param received when its event came; absent if that isn't known
     * @param size bytes; absent if the object is gone, as {@code modified}
     * @param feed the feed that would load it; absent if none wants it
     */
    record Lost(
            String file,
            @Nullable String batch,
            @Nullable Instant received,
            @Nullable Long size,
            @Nullable Instant modified,
            @Nullable String feed,
            String note) {

        List<String> row() {
            return List.of(
                    file,
                    size == null ? "-" : Quantity.inBytes(size),
                    modified == null ? "-" : Page.time(modified),
                    received == null ? "-" : Page.time(received),
                    batch == null ? "-" : batch,
                    feed == null ? "-" : feed,
                    note);
        }
    }

    static AuditSummary of(AuditReport report, LoaderLosses losses, int limit) {
        return new AuditSummary(
                report.batches(),
                report.processed(),
                losses.files().size(),
                losses.files().stream()
                        .mapToLong(lost -> lost.size() == null ? 0 : lost.size())
                        .sum(),
                losses.loadable().size(),
                losses.loadedSince(),
                report.twice().size(),
                report.failedFiles(),
                report.unread().size(),
                0,
                first(losses.files(), limit),
                first(report.twice(), limit),
                report.locked(),
                report.blocked(),
                first(report.unread(), limit));
    }

    AuditSummary with(long filesSent) {
        return new AuditSummary(
                batches,
                processed,
                lostFiles,
                lostBytes,
                loadable,
                loadedSince,
                twiceFiles,
                failedFiles,
                unreadBatches,
                filesSent,
                lost,
                twice,
                locked,
                blocked,
                unread);
    }

    String inWords() {
        Page page = new Page();
        table(
                page,
                List.of("LOST", "SIZE", "MODIFIED", "RECEIVED", "BATCH", "FEED", "NOTE"),
                lost,
                lostFiles,
                Lost::row);
        table(
                page,
                List.of("TWICE", "BATCH", "AND"),
                twice,
                twiceFiles,
                file -> List.of(file.file(), file.batch(), file.again()));
        table(
                page,
                List.of("LOCKED", "PREFIX", "FILES", "SINCE"),
                locked,
                locked.size(),
                batch -> List.of(
                        batch.batch(), batch.s3Prefix(), Integer.toString(batch.files()), Page.time(batch.since())));
        table(
                page,
                List.of("BLOCKED", "BATCH", "FILES", "ITEM"),
                blocked,
                blocked.size(),
                batch -> List.of(
                        batch.s3Prefix(),
                        batch.batch(),
                        Integer.toString(batch.files()),
                        Quantity.inBytes(batch.bytes()) + " of 400.0 KB"));
        table(
                page,
                List.of("NO MANIFEST", "NOTE"),
                unread,
                unreadBatches,
                batch -> List.of(batch, "it is complete, but its manifest is gone: nothing can be said of its files"));
        return page.gap().line(looked()).line(result()).toString();
    }

    String sentInWords() {
        return Quantity.count(sent, "file")
                + " sent to the queue; running instances load them: caravan list batches shows how far they are";
    }

    private String looked() {
        String all = batches.entrySet().stream()
                .map(status -> status.getValue() + " " + status.getKey())
                .collect(Collectors.joining(", "));
        return "Looked at " + (all.isEmpty() ? "no batches" : "batches: " + all) + "; "
                + Quantity.count(processed, "processed file");
    }

    private String result() {
        String failed = failedFiles == 0
                ? ""
                : "; " + Quantity.count(failedFiles, "file")
                        + " of batches in error never were loaded either, as they say";
        String since = loadedSince == 0
                ? ""
                : "; " + Quantity.count(loadedSince, "more was", "more were") + " loaded by Caravan since";
        if (lostFiles == 0 && loadedSince > 0) {
            return Quantity.count(loadedSince, "file") + " marked as processed and never loaded, all of which Caravan"
                    + " has loaded since: no file is missing" + failed;
        }
        return lostFiles == 0
                ? "No file was lost" + failed
                : Quantity.count(lostFiles, "file") + " (" + Quantity.inBytes(lostBytes)
                        + " in S3) marked as processed and never loaded; "
                        + (loadable == lostFiles ? "all" : Integer.toString(loadable))
                        + " can be loaded" + since + failed;
    }

    private static <T> void table(
            Page page, List<String> columns, List<T> values, int all, Function<T, List<String>> row) {
        if (values.isEmpty()) {
            return;
        }
        page.gap();
        new Table(columns, values.stream().map(row).toList()).lines().forEach(page::line);
        if (values.size() < all) {
            page.line("… and " + (all - values.size()) + " more: --limit shows them");
        }
    }

    private static <T> List<T> first(List<T> list, int limit) {
        return list.subList(0, Math.min(limit, list.size()));
    }
}
