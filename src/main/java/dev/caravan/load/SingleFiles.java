package dev.caravan.load;

import dev.caravan.batch.FileEntry;
import dev.caravan.load.manifest.ManifestKey;
import dev.caravan.redshift.copy.CopySource.SingleFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of an attempt that are copied one by one, the earliest first; each gets a manifest of its own, for COPY takes a URL for a prefix. */
final class SingleFiles {
    private final List<FileEntry> files;
    private final List<SingleFile> written = new ArrayList<>();

    /** @param entries the attempt's; of several versions of an object, COPY reads the newest */
    SingleFiles(List<FileEntry> entries) {
        Map<String, FileEntry> byUrl = new LinkedHashMap<>();
        entries.stream().sorted(Comparator.comparing(FileEntry::created)).forEach(entry -> {
            byUrl.remove(entry.url());
            byUrl.put(entry.url(), entry);
        });
        files = List.copyOf(byUrl.values());
    }

    boolean isDone() {
        return written.size() == files.size();
    }

    /** The next file; where its manifest goes is remembered. */
    FileEntry next(ManifestKey place) {
        FileEntry file = files.get(written.size());
        written.add(new SingleFile(file.url(), place.url()));
        return file;
    }

    /** How many have been taken. */
    int count() {
        return written.size();
    }

    List<SingleFile> written() {
        return List.copyOf(written);
    }
}
