package dev.caravan.pipeline.tabletoredshift.parallel;

import dev.caravan.pipeline.tabletoredshift.extract.ExtractSettings;
import dev.caravan.pipeline.tabletoredshift.extract.Extracted;
import dev.caravan.pipeline.tabletoredshift.extract.ReadSoFar;
import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import dev.caravan.pipeline.tabletoredshift.extract.part.PartSink;
import dev.caravan.pipeline.tabletoredshift.pace.Pace;
import dev.caravan.pipeline.tabletoredshift.source.Opening;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The connections that read a table, all of them as it was at one moment; often there is one. */
public final class Connections implements AutoCloseable {
    /** More than connections, so that who is done early takes another: keys are seldom spread evenly. */
    private static final int RANGES_EACH = 8;

    private final List<Snapshot> snapshots;
    private final List<String> ranges;
    private final String warning;

    private Connections(List<Snapshot> snapshots, List<String> ranges, String warning) {
        this.snapshots = List.copyOf(snapshots);
        this.ranges = List.copyOf(ranges);
        this.warning = warning;
    }

    /**
     * Opens those that are wanted beside the first.
     *
     * @param first stays its caller's to close; nothing was read by it
     */
    public static Connections of(Snapshot first, SourceTable table, Splitting splitting, Opening opening)
            throws SQLException {
        if (splitting.connections() > 1) {
            Optional<Snapshot.Extent> extent = first.extent(table.id(), splitting.column());
            if (extent.isPresent()) {
                List<String> ranges = KeyRanges.of(
                        table.kind().identifier(splitting.column()),
                        extent.get(),
                        splitting.connections() * RANGES_EACH);
                try {
                    List<Snapshot> all = new ArrayList<>(List.of(first));
                    all.addAll(first.beside(table.id(), opening, Math.min(splitting.connections(), ranges.size()) - 1));
                    return new Connections(all, ranges, "");
                } catch (Snapshot.MomentNotShared e) {
                    return new Connections(
                            List.of(first),
                            List.of(""),
                            table.id() + " is read by one connection, and not by " + splitting.connections()
                                    + " (parallel), for " + e.getMessage());
                }
            }
        }
        return new Connections(List.of(first), List.of(""), "");
    }

    /** Why there is one, though several should be; may be empty. */
    public String warning() {
        return warning;
    }

    int number() {
        return snapshots.size();
    }

    /** Reads what {@link Snapshot#extract} does, and fails as it does: the first failure ends all reading. The sink takes parts from several threads at a time. */
    public Extracted extract(Selection selection, ExtractSettings settings, PartSink sink, ReadSoFar soFar, Pace pace)
            throws IOException, SQLException, ValueRefused {
        return snapshots.size() == 1
                ? snapshots.get(0).extract(selection, ranges.iterator(), settings, sink, soFar, pace)
                : new SideBySide(snapshots, selection, ranges, settings, sink, soFar, pace).extract();
    }

    /** Ends all but the first. */
    @Override
    public void close() throws SQLException {
        for (Snapshot other : snapshots.subList(1, snapshots.size())) {
            other.close();
        }
    }
}
