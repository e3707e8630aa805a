package dev.caravan.cli.files;

import dev.caravan.base.Quantity;
import dev.caravan.batch.FileEntry;
import dev.caravan.cli.shell.Page;
import java.time.Instant;
import java.util.List;

/**
 * What a list says of a file.
 *
 * @param created when S3 created the object
 * @param state the word of a {@link FileState}
 * @param batch the batch that it is in now
 */
record FileSummary(String url, String version, String feed, Instant created, long size, String state, String batch) {
    static final List<String> COLUMNS = List.of("CREATED", "STATE", "SIZE", "FEED", "BATCH", "FILE");

    static FileSummary of(FileEntry file, FileState state, String batch) {
        return new FileSummary(
                file.url(), file.version(), file.feed(), file.created(), file.size(), state.word(), batch);
    }

    /** A text for each of the {@link #COLUMNS}. */
    List<String> row() {
        return List.of(Page.time(created), state, Quantity.inBytes(size), feed, batch, url);
    }
}
