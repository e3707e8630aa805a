package dev.caravan.pipeline.tabletoredshift.parallel;

import dev.caravan.pipeline.tabletoredshift.extract.ExtractSettings;
import dev.caravan.pipeline.tabletoredshift.extract.Extracted;
import dev.caravan.pipeline.tabletoredshift.extract.ReadSoFar;
import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import dev.caravan.pipeline.tabletoredshift.extract.part.PartSink;
import dev.caravan.pipeline.tabletoredshift.pace.Pace;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One reading by several connections: each takes the next range when it is done with one. The first failure ends all of them. */
final class SideBySide {
    private static final long LONGEST_END_SECONDS = 30;

    private final List<Snapshot> snapshots;
    private final Selection selection;
    private final Queue<String> ranges;
    private final ExtractSettings settings;
    private final PartSink sink;
    private final ReadSoFar soFar;
    private final Pace pace;
    private final AtomicInteger parts = new AtomicInteger();

    SideBySide(
            List<Snapshot> snapshots,
            Selection selection,
            List<String> ranges,
            ExtractSettings settings,
            PartSink sink,
            ReadSoFar soFar,
            Pace pace) {
        this.snapshots = snapshots;
        this.selection = selection;
        this.ranges = new ConcurrentLinkedQueue<>(ranges);
        this.settings = settings;
        this.sink = sink;
        this.soFar = soFar;
        this.pace = pace;
    }

    Extracted extract() throws IOException, SQLException, ValueRefused {
        ExecutorService threads = Executors.newFixedThreadPool(snapshots.size(), task -> {
            Thread thread = new Thread(task, "reading " + selection.table().id());
            thread.setDaemon(true);
            return thread;
        });
        ExecutorCompletionService<Extracted> readings = new ExecutorCompletionService<>(threads);
        boolean done = false;
        try {
            for (Snapshot snapshot : snapshots) {
                readings.submit(
                        () -> snapshot.extract(selection, new Ranges(ranges), settings, this::open, soFar, pace));
            }
            List<Extracted> all = new ArrayList<>();
            for (int i = 0; i < snapshots.size(); i++) {
                all.add(readings.take().get());
            }
            done = true;
            return together(all);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "Interrupted while " + selection.table().id() + " was read");
        } catch (ExecutionException e) {
            throw cause(e);
        } finally {
            if (!done) {
                end(threads);
            }
            threads.shutdown();
        }
    }

    /** Numbers are given as parts begin, whichever connection's they are. */
    private PartSink.Part open(int ofConnection) throws IOException {
        return sink.open(parts.incrementAndGet());
    }

    /** Nothing of theirs is of use any more; what they have begun is abandoned before this returns, unless S3 hangs. */
    private void end(ExecutorService threads) throws SQLException {
        ranges.clear();
        threads.shutdownNow();
        for (Snapshot snapshot : snapshots) {
            snapshot.abort();
        }
        try {
            var unused = threads.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static IOException cause(ExecutionException thrown) throws IOException, SQLException, ValueRefused {
        Throwable cause = thrown.getCause();
        if (cause instanceof SQLException e) {
            throw e;
        }
        if (cause instanceof ValueRefused e) {
            throw e;
        }
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        return cause instanceof IOException e ? e : new IOException(thrown);
    }

    private static Extracted together(List<Extracted> all) {
        long rows = 0;
        List<Extracted.Part> parts = new ArrayList<>();
        List<Extracted.Changed> changes = new ArrayList<>();
        for (Extracted one : all) {
            rows += one.rows();
            for (Extracted.Part part : one.parts()) {
                parts.add(new Extracted.Part(parts.size() + 1, part.rows(), part.csvBytes(), part.bytes()));
            }
            changes.addAll(one.changes());
        }
        return new Extracted(rows, parts, changes);
    }

    /** Those that nobody has taken yet. */
    private static final class Ranges implements Iterator<String> {
        private final Queue<String> left;
        private String next = "";
        private boolean isTaken;

        Ranges(Queue<String> left) {
            this.left = left;
        }

        @Override
        public boolean hasNext() {
            if (!isTaken) {
                String range = left.poll();
                isTaken = range != null;
                next = range == null ? "" : range;
            }
            return isTaken;
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            isTaken = false;
            return next;
        }
    }
}
