package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.batch.FileEntry;
import dev.caravan.load.manifest.ManifestWriter;
import dev.caravan.pipeline.tabletoredshift.extract.ExtractSettings;
import dev.caravan.pipeline.tabletoredshift.extract.Extracted;
import dev.caravan.pipeline.tabletoredshift.extract.ReadSoFar;
import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import dev.caravan.pipeline.tabletoredshift.pace.Pace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Writes keys of a table's rows into parts, and a manifest that names these. They are no files of the batch: the load reads them by this manifest, which stays
 * the same however often it is tried.
 */
final class KeyParts {
    private static final String MANIFEST = "manifest";

    private KeyParts() {}

    /**
     * Writes them.
     *
     * @param where of which rows, in the source's SQL
     * @param gone whether these rows go; else they alone stay
     */
    static TableResult.Keys write(
            Snapshot snapshot,
            TableShape shape,
            String where,
            boolean gone,
            ExtractSettings settings,
            S3Parts parts,
            Pace pace)
            throws IOException, SQLException, TableRefused, ValueRefused {
        Extracted keys = snapshot.extract(
                new Selection(shape.source(), shape.keyColumns(), where), settings, parts, new ReadSoFar(), pace);
        DeletedRows.check(shape.source(), keys);
        if (keys.rows() == 0) {
            parts.nothing();
        }
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        ManifestWriter.write(
                parts.complete().stream()
                        .map(part -> new FileEntry("", part.url(), part.version(), part.size(), Instant.EPOCH)),
                manifest);
        return new TableResult.Keys(parts.put(MANIFEST, manifest.toByteArray()), keys.rows(), gone);
    }
}
