package dev.caravan.sandbox.redshift.unload;

import dev.caravan.sandbox.redshift.copy.s3.S3Url;
import dev.caravan.sandbox.redshift.unload.command.UnloadCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one UNLOAD did so far, for its manifest and the system tables. {@link UnloadJob} fills it. */
public final class UnloadReport {
    /**
     * One file that S3 has.
     *
     * @param rows in it, without a header
     * @param lines as a manifest counts them, with a header
     * @param bytes its size in S3
     */
    record UnloadedFile(S3Url url, int slice, long rows, long lines, long bytes, Instant start, Instant end) {}

    private final int query;
    private final UnloadCommand command;
    private final Instant start = Instant.now();
    private final List<UnloadedFile> files = new ArrayList<>();

    /** @param query as the system tables number it */
    public UnloadReport(int query, UnloadCommand command) {
        this.query = query;
        this.command = command;
    }

    public int query() {
        return query;
    }

    public UnloadCommand command() {
        return command;
    }

    Instant start() {
        return start;
    }

    List<UnloadedFile> files() {
        return files;
    }

    /** Rows in files that S3 has. */
    public long rows() {
        return files.stream().mapToLong(UnloadedFile::rows).sum();
    }

    long lines() {
        return files.stream().mapToLong(UnloadedFile::lines).sum();
    }

    long bytes() {
        return files.stream().mapToLong(UnloadedFile::bytes).sum();
    }
}
