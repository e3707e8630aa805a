package dev.caravan.ledger.dynamo;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Something that an instance, or an operator beside it, does with the ledger. Numbers are taken modulo what there is, so that every sequence of steps means something.
 *
 * @param who the instance
 * @param which the batch, out of those that were ever seen, or the feed
 * @param from the first file, out of a feed's or a batch's
 * @param size how many files; or how long
 * @param stale whether it acts on what was seen once rather than on what is there now
 */
record LedgerStep(Op op, int who, int which, int from, int size, boolean stale) {

    enum Op {
        ADD,
        LOCK,
        REACH,
        MANIFEST,
        OUTCOME,
        QUARANTINE,
        RELOAD,
        NOTE,
        HOLD,
        RESUME,
        POSTPONE,
        TAKE_OVER,
        RENEW,
        HAND_OVER,
        CONFIRM,
        REPROCESS,
        UNLOCK,
        FLUSH,
        ADVANCE
    }

    static Arbitrary<LedgerStep> any() {
        Arbitrary<Op> ops = Arbitraries.frequency(
                Tuple.of(4, Op.ADD),
                Tuple.of(4, Op.LOCK),
                Tuple.of(4, Op.REACH),
                Tuple.of(1, Op.MANIFEST),
                Tuple.of(3, Op.OUTCOME),
                Tuple.of(4, Op.QUARANTINE),
                Tuple.of(3, Op.RELOAD),
                Tuple.of(1, Op.NOTE),
                Tuple.of(3, Op.HOLD),
                Tuple.of(4, Op.RESUME),
                Tuple.of(1, Op.POSTPONE),
                Tuple.of(4, Op.TAKE_OVER),
                Tuple.of(1, Op.RENEW),
                Tuple.of(1, Op.HAND_OVER),
                Tuple.of(4, Op.CONFIRM),
                Tuple.of(3, Op.REPROCESS),
                Tuple.of(1, Op.UNLOCK),
                Tuple.of(2, Op.FLUSH),
                Tuple.of(1, Op.ADVANCE));
        return Combinators.combine(
                        ops,
                        Arbitraries.of(0, 0, 0, 1, 2),
                        Arbitraries.integers().between(0, 30).withDistribution(RandomDistribution.uniform()),
                        Arbitraries.integers().between(0, 59).withDistribution(RandomDistribution.uniform()),
                        Arbitraries.integers().between(0, 4).withDistribution(RandomDistribution.uniform()),
                        Arbitraries.frequencyOf(
                                Tuple.of(6, Arbitraries.just(false)), Tuple.of(1, Arbitraries.just(true))))
                .as(LedgerStep::new);
    }
}
