package dev.caravan.ledger;

import dev.caravan.batch.FileEntry;
import java.util.List;
import java.util.Optional;

/** Some files of a write are in the ledger already; nothing was changed. Leave them out, then write the others. */
public final class KnownFiles extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<FileEntry> files;

    public KnownFiles(List<FileEntry> files) {
        super(files.size() + " of the files are in the ledger already, the first "
                + files.get(0).url());
        this.files = files;
    }

    /** The files that are known, at least one. */
    public List<FileEntry> files() {
        return files;
    }

    /** Whether the file is one of them. */
    public boolean has(Optional<FileEntry> file) {
        return file.filter(files::contains).isPresent();
    }
}
