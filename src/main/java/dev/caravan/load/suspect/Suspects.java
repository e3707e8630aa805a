package dev.caravan.load.suspect;

import dev.caravan.batch.FileEntry;
import dev.caravan.outcome.BadRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * What is known of the files that a cluster has refused with a batch, kept in the exchange.
 *
 * @param rows of files that are known, with their whole URLs
 * @param unclear the first row whose name, cut off, fits several files; none if the others are known
 * @param candidates those files
 * @param isProven whether these files, and not the table or the feed, are known to be at fault
 */
public record Suspects(List<BadRow> rows, List<BadRow> unclear, List<FileEntry> candidates, boolean isProven) {
    private static final String PROPERTY = "suspects";
    private static final Suspects NONE = new Suspects(List.of(), List.of(), List.of(), false);

    /** As a cluster names them: maybe by cut names, and maybe through no fault of theirs. */
    public static Suspects named(List<BadRow> named, List<FileEntry> files) {
        List<BadRow> rows = new ArrayList<>();
        Suspects unclear = NONE;
        for (BadRow row : named) {
            List<FileEntry> meant = NamedFiles.of(row.file(), files);
            if (NamedFiles.areOne(meant)) {
                rows.add(of(row, meant.get(0)));
            } else if (!meant.isEmpty() && unclear.isEmpty()) {
                unclear = new Suspects(List.of(), List.of(row), meant, false);
            }
        }
        return rows.isEmpty() ? unclear : new Suspects(List.copyOf(rows), List.of(), List.of(), false);
    }

    /** Known beyond doubt. */
    public static Suspects proven(List<BadRow> rows) {
        return new Suspects(rows, List.of(), List.of(), true);
    }

    /** What is told of these rows, but of this file. */
    public static BadRow of(BadRow row, FileEntry file) {
        return new BadRow(file.url(), row.line(), row.column(), row.value(), row.code(), row.reason());
    }

    public boolean isEmpty() {
        return rows.isEmpty() && candidates.isEmpty();
    }

    /** For a person, whether the files are known or not. */
    public List<BadRow> told() {
        return rows.isEmpty() ? unclear : rows;
    }

    public void keep(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    public static Suspects of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, NONE, Suspects.class);
    }
}
