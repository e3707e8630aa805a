package dev.caravan.pipeline.tabletoredshift.verify;

import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import java.io.IOException;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares by ranges of a key that is a whole number: large ones as a whole, and those that differ once more in small ones, by key. */
final class ByRanges {
    private final Side ours;
    private final Side theirs;
    private final Snapshot source;
    private final Selection selection;
    private final String key;
    private final Sizes sizes;
    private final List<Difference> differences = new ArrayList<>();
    private int shown;
    private long rowsSource;
    private long rowsTarget;

    ByRanges(Side ours, Side theirs, Snapshot source, Selection selection, String key, Sizes sizes) {
        this.ours = ours;
        this.theirs = theirs;
        this.source = source;
        this.selection = selection;
        this.key = key;
        this.sizes = sizes;
    }

    VerifyResult compare() throws IOException, SQLException, ValueRefused {
        Optional<BigInteger> from = Optional.empty();
        do {
            Optional<BigInteger> below = source.stepBehind(selection, key, from, sizes.coarse());
            coarse(new KeyRange(from, below));
            from = below;
        } while (from.isPresent());
        return new VerifyResult(rowsSource, rowsTarget, differences);
    }

    private void coarse(KeyRange range) throws IOException, SQLException, ValueRefused {
        Digest source = new Digest(), target = new Digest();
        ours.read(range, source::add);
        theirs.read(range, target::add);
        rowsSource += source.rows();
        rowsTarget += target.rows();
        if (source.isSame(target)) {
            return;
        }
        if (shown >= sizes.shown()) {
            differences.add(new Difference(range.shown(key), source.rows(), target.rows(), List.of()));
            return;
        }
        Optional<BigInteger> from = range.from();
        Optional<BigInteger> below;
        do {
            below = this.source
                    .stepBehind(selection, key, from, sizes.fine())
                    .filter(step ->
                            range.below().map(end -> step.compareTo(end) < 0).orElse(true));
            fine(new KeyRange(from, below.or(range::below)));
            from = below;
        } while (from.isPresent());
    }

    private void fine(KeyRange range) throws IOException, SQLException, ValueRefused {
        Digest source = new Digest(), target = new Digest();
        int most = sizes.shown() - shown;
        KeyedRows keyed = new KeyedRows(most);
        ours.read(range, row -> {
            source.add(row);
            keyed.source(row);
        });
        theirs.read(range, row -> {
            target.add(row);
            keyed.cluster(row);
        });
        if (source.isSame(target)) {
            return;
        }
        List<Difference.Key> keys = keyed.differences(most, List.of(key));
        shown += keys.size();
        differences.add(new Difference(range.shown(key), source.rows(), target.rows(), keys));
    }
}
