package dev.caravan.sandbox.redshift.unload;

import dev.caravan.sandbox.redshift.copy.s3.AccessKeys;
import dev.caravan.sandbox.redshift.copy.s3.BoxedError;
import dev.caravan.sandbox.redshift.copy.s3.S3Objects;
import dev.caravan.sandbox.redshift.copy.s3.S3Url;
import dev.caravan.sandbox.redshift.unload.UnloadReport.UnloadedFile;
import dev.caravan.sandbox.redshift.unload.command.UnloadFlag;
import dev.caravan.sandbox.redshift.unload.command.UnloadOptions;
import dev.caravan.sandbox.redshift.unload.file.PartFile;
import dev.caravan.sandbox.redshift.unload.file.ResultColumn;
import dev.caravan.sandbox.redshift.unload.file.Row;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Runs one UNLOAD: rows in, S3's objects out. Each slice has one file open, on disk; rows go to the slices in turn, and with PARALLEL OFF to one.
 *
 * <p>Known: "the unload statement no longer creates empty files, rather it does not create any files at all" for no rows, no manifest either
 * (spark-redshift-community 40, of October 2019). So a slice without rows has no file here, and a header alone is none. Not known: which rows a real
 * slice gets, whether files appear in this order, and whether the manifest is written last, as it is here. After a failure the files that are there
 * stay, without a manifest.
 */
public final class UnloadJob implements AutoCloseable {
    /** What may interrupt. */
    public interface Session {
        /** Before an object is written, the manifest as well. */
        void writing(String url) throws ServerError;
    }

    private static final class Slice {
        private int nextPart;
        private Part open;

        Slice(Part first) {
            open = first;
            nextPart = 1;
        }
    }

    private record Part(String name, Path path, PartFile file, Instant start) {}

    private final UnloadOptions options;
    private final Partition partition;
    private final List<ResultColumn> columns;
    private final Destination destination;
    private final UnloadReport report;
    private final int slices;
    private final boolean emptyFiles;
    private final Session session;
    private final Path folder;
    private final TreeMap<Integer, Slice> open = new TreeMap<>();
    private String current = "";
    private long rows;

    /**
     * Nothing is written yet.
     *
     * @param columns of the query
     * @param slices of the cluster
     * @param emptyFiles whether a slice without rows has a file as well
     */
    public UnloadJob(
            UnloadReport report,
            List<ResultColumn> columns,
            Partition partition,
            S3Objects s3,
            int slices,
            boolean emptyFiles,
            Session session)
            throws IOException {
        options = report.command().options();
        this.partition = partition;
        this.columns = columns;
        destination = new Destination(report.command(), s3);
        this.report = report;
        this.slices = options.has(UnloadFlag.SERIAL) ? 1 : slices;
        this.emptyFiles = emptyFiles;
        this.session = session;
        folder = Files.createTempDirectory("unload");
    }

    /** Fails if the destination can't be written to. */
    public void prepare(Collection<AccessKeys> accepted) throws ServerError {
        destination.prepare(accepted);
    }

    /** Rows of one partition must come one after the other. */
    public void row(Row row) throws IOException, ServerError {
        String wanted = partition.folder(row);
        if (rows == 0 || !wanted.equals(current)) {
            finishParts();
            current = wanted;
            destination.prepareFolder(current);
        }
        int number = (int) (rows++ % slices);
        Slice slice = open.get(number);
        if (slice == null) {
            slice = new Slice(part(number, 0));
            open.put(number, slice);
        }
        if (!slice.open.file().write(row)) {
            finish(slice.open, number);
            slice.open = part(number, slice.nextPart++);
            slice.open.file().write(row);
        }
    }

    /** Completes all files, and the manifest. */
    public void finish() throws IOException, ServerError {
        for (int i = 0; emptyFiles && i < slices; i++) {
            if (!open.containsKey(i)) {
                open.put(i, new Slice(part(i, 0)));
            }
        }
        finishParts();
        if (options.has(UnloadFlag.MANIFEST) && !report.files().isEmpty()) {
            S3Url url = destination.url("manifest");
            writing(url);
            destination.put(url, RequestBody.fromString(Manifest.of(report, columns)));
        }
    }

    public long rows() {
        return rows;
    }

    private void finishParts() throws IOException, ServerError {
        while (!open.isEmpty()) {
            finish(open.firstEntry().getValue().open, open.firstKey());
            open.pollFirstEntry();
        }
    }

    private Part part(int slice, int number) throws IOException {
        String name =
                options.has(UnloadFlag.SERIAL) ? "%03d".formatted(number) : "%04d_part_%02d".formatted(slice, number);
        Path path = folder.resolve(name);
        return new Part(
                current + name + options.suffix(), path, PartFile.open(path, partition.kept(), options), Instant.now());
    }

    private void finish(Part part, int slice) throws IOException, ServerError {
        part.file().close();
        S3Url url = destination.url(part.name());
        writing(url);
        destination.put(url, RequestBody.fromFile(part.path()));
        report.files()
                .add(new UnloadedFile(
                        url,
                        slice,
                        part.file().rows(),
                        part.file().lines(),
                        Files.size(part.path()),
                        part.start(),
                        Instant.now()));
        Files.delete(part.path());
    }

    private void writing(S3Url url) throws ServerError {
        try {
            session.writing(url.toString());
        } catch (ServerError e) {
            throw e.sqlState().equals("XX000") ? BoxedError.writing(e, url.toString()) : e;
        }
    }

    /** Forgets what isn't written. */
    @Override
    public void close() throws IOException {
        for (Slice slice : open.values()) {
            slice.open.file().close();
        }
        FileUtils.deleteDirectory(folder.toFile());
    }
}
