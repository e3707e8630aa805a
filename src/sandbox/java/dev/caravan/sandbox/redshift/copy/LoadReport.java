package dev.caravan.sandbox.redshift.copy;

import dev.caravan.sandbox.redshift.copy.command.CopyCommand;
import dev.caravan.sandbox.redshift.copy.value.BadRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one COPY did so far, for the load tables: filled while it runs, complete when it has ended, well or not. */
public final class LoadReport {
    /**
     * One file that was read.
     *
     * @param rows loaded from it
     * @param bytes its size in S3
     */
    public record LoadedFile(String url, long rows, long bytes) {}

    private final int query;
    private final CopyCommand command;
    private final Instant start = Instant.now();
    private final List<LoadedFile> files = new ArrayList<>();
    private final List<BadRow> badRows = new ArrayList<>();
    private final LineNumbers lines = new LineNumbers();

    public LoadReport(int query, CopyCommand command) {
        this.query = query;
        this.command = command;
    }

    /** What {@code pg_last_copy_id()} gives, and the load tables' {@code query}. */
    public int query() {
        return query;
    }

    public CopyCommand command() {
        return command;
    }

    public Instant start() {
        return start;
    }

    public List<LoadedFile> files() {
        return files;
    }

    public List<BadRow> badRows() {
        return badRows;
    }

    public long rows() {
        return lines.rows();
    }

    public long bytes() {
        return files.stream().mapToLong(LoadedFile::bytes).sum();
    }

    /** A row that only PostgreSQL refused, by its number in the stream of rows. */
    public void refused(long row, String column, String value, String reason) {
        badRows.add(new BadRow(lines.file(row), lines.line(row), column, "", "", 0, "", value, 1200, reason));
    }

    LineNumbers lines() {
        return lines;
    }
}
