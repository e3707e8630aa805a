package dev.caravan.pipeline.tabletoredshift.verify;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import java.io.IOException;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares by buckets that keys are dealt into by a hash: texts sort otherwise in Redshift than in the source, and no two databases need agree on where a
 * range of them ends. Who differs is read once more, by key. Without a key there is one bucket, which is the table.
 */
final class ByBuckets {
    private static final int SPREAD = 0x9E3779B9;

    private final Side ours;
    private final Side theirs;
    private final List<String> keys;
    private final Sizes sizes;
    private final int buckets;

    ByBuckets(Side ours, Side theirs, List<String> keys, Sizes sizes) {
        this.ours = ours;
        this.theirs = theirs;
        this.keys = keys;
        this.sizes = sizes;
        buckets = keys.isEmpty() ? 1 : sizes.buckets();
    }

    VerifyResult compare() throws IOException, SQLException, ValueRefused {
        Digest[] source = digests(), target = digests();
        ours.read(KeyRange.ALL, row -> source[bucket(row)].add(row));
        theirs.read(KeyRange.ALL, row -> target[bucket(row)].add(row));
        BitSet differ = new BitSet();
        IntStream.range(0, buckets).filter(i -> !source[i].isSame(target[i])).forEach(differ::set);
        return new VerifyResult(
                sum(source, IntStream.range(0, buckets)),
                sum(target, IntStream.range(0, buckets)),
                differ.isEmpty()
                        ? List.of()
                        : List.of(new Difference(
                                range(differ),
                                sum(source, differ.stream()),
                                sum(target, differ.stream()),
                                keys.isEmpty() ? List.of() : keys(few(differ, source)))));
    }

    private String range(BitSet differ) {
        return keys.isEmpty()
                ? "all rows"
                : "keys of " + differ.cardinality() + " of " + Quantity.count(buckets, "bucket") + " that "
                        + String.join(", ", keys) + " falls into";
    }

    /** Buckets of which the source's rows have room. */
    private BitSet few(BitSet differ, Digest[] source) {
        BitSet few = new BitSet();
        long rows = 0;
        for (int i = differ.nextSetBit(0); i >= 0; i = differ.nextSetBit(i + 1)) {
            if (rows + source[i].rows() <= sizes.keyed()) {
                rows += source[i].rows();
                few.set(i);
            }
        }
        return few;
    }

    private List<Difference.Key> keys(BitSet few) throws IOException, SQLException, ValueRefused {
        if (few.isEmpty()) {
            return List.of();
        }
        KeyedRows keyed = new KeyedRows(sizes.shown());
        ours.read(KeyRange.ALL, row -> {
            if (few.get(bucket(row))) {
                keyed.source(row);
            }
        });
        theirs.read(KeyRange.ALL, row -> {
            if (few.get(bucket(row))) {
                keyed.cluster(row);
            }
        });
        return keyed.differences(sizes.shown(), keys);
    }

    private int bucket(HashedRow row) {
        return buckets == 1 ? 0 : ((row.key().hashCode() * SPREAD) >>> 1) % buckets;
    }

    private Digest[] digests() {
        return Stream.generate(Digest::new).limit(buckets).toArray(Digest[]::new);
    }

    private static long sum(Digest[] digests, IntStream which) {
        return which.mapToLong(i -> digests[i].rows()).sum();
    }
}
