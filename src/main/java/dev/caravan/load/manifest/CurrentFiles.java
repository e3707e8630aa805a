package dev.caravan.load.manifest;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.LoadSettings;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.redshift.target.WriteMode;
import dev.caravan.s3.listing.Ahead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * The one place where it is decided which files of a batch an attempt copies, whether it is the first, a retry, or follows a person's command: before
 * each manifest it looks at the versions of every file's object, and has the ledger leave out those that another batch loads. Safe for use by many
 * threads.
 */
public final class CurrentFiles {
    /** Files whose versions are held at a time. */
    private static final int WINDOW = 200;

    private final Ledger ledger;
    private final ExecutorService threads;

    /** @param threads ask the ledger side by side: one consistent read for ten files */
    public CurrentFiles(Ledger ledger, ExecutorService threads) {
        this.ledger = ledger;
        this.threads = threads;
    }

    /**
     * What was found.
     *
     * @param batch as it now stands
     * @param unclear files that were set aside
     * @param waiting clusters that nothing is to be copied into yet, and why
     */
    public record Found(Batch batch, List<QuarantinedFile> unclear, Map<String, String> waiting) {}

    /**
     * Leaves out of the next manifests for these clusters what is superseded there.
     *
     * @throws Conflict if the batch is changed by others meanwhile
     */
    public Found leaveOut(Batch batch, LoadSettings settings, List<String> clusters) throws Conflict {
        if (settings.target().writeMode() == WriteMode.REPLACE || clusters.isEmpty()) {
            return new Found(
                    batch, List.of(), Map.of()); // whose table holds what one batch holds, whatever others have
        }
        Verdicts verdicts = new Verdicts(batch, settings, clusters);
        List<FileEntry> window = new ArrayList<>();
        ledger.files(batch, file -> {
            window.add(file);
            if (window.size() == WINDOW) {
                verdicts.add(window);
                window.clear();
            }
        });
        verdicts.add(window);
        return verdicts.written();
    }

    private final class Verdicts {
        private final Batch batch;
        private final List<String> clusters;
        private final QuarantineOfBatch before;
        private final VersionCheck check;
        private final List<QuarantinedFile> superseded = new ArrayList<>();
        private final List<QuarantinedFile> unclear = new ArrayList<>();
        private final Map<String, String> waiting = new HashMap<>();

        Verdicts(Batch batch, LoadSettings settings, List<String> clusters) {
            this.batch = batch;
            this.clusters = clusters;
            before = new QuarantineOfBatch(ledger.quarantined(batch));
            check = new VersionCheck(ledger, batch, settings);
        }

        void add(List<FileEntry> files) {
            Set<String> overwritten = new HashSet<>();
            List<String> urls = files.stream().map(FileEntry::url).distinct().toList();
            Ahead.forEach(
                    threads,
                    inParts(urls, Ledger.OBJECTS_PER_LOOK),
                    some -> ledger.overwritten(batch.feed(), some),
                    (some, found) -> overwritten.addAll(found));
            List<FileEntry> several = files.stream()
                    .filter(file -> overwritten.contains(file.url()))
                    .toList();
            Ahead.forEach(threads, several, file -> ledger.versions(file.feed(), file.url()), this::add);
        }

        private void add(FileEntry file, List<KnownFile> versions) {
            for (String cluster : clusters) {
                if (!before.of(cluster).contains(file)) {
                    VersionCheck.Verdict verdict = check.of(file, cluster, versions);
                    if (verdict instanceof VersionCheck.Verdict.LeaveOut leave) {
                        superseded.add(leave.file());
                    } else if (verdict instanceof VersionCheck.Verdict.Unclear aside) {
                        unclear.add(aside.file());
                    } else if (verdict instanceof VersionCheck.Verdict.Wait wait) {
                        waiting.putIfAbsent(cluster, wait.reason());
                    }
                }
            }
        }

        Found written() throws Conflict {
            Batch now = batch;
            for (List<QuarantinedFile> some : inParts(superseded, Ledger.FILES_PER_WRITE)) {
                now = ledger.supersede(now, some);
            }
            for (String cluster : clusters) {
                List<QuarantinedFile> of = unclear.stream()
                        .filter(file -> file.cluster().equals(cluster))
                        .toList();
                for (List<QuarantinedFile> some : inParts(of, Ledger.FILES_PER_WRITE)) {
                    now = ledger.quarantine(now, some);
                }
            }
            return new Found(now, List.copyOf(unclear), Map.copyOf(waiting));
        }
    }

    private static <T> List<List<T>> inParts(List<T> all, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(all.subList(from, Math.min(from + size, all.size())));
        }
        return parts;
    }
}
