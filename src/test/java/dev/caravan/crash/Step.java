package dev.caravan.crash;

/**
 * A call of a batch's life that changes something.
 *
 * @param name as an observer sees it: {@code ledger lock}, {@code s3 PutObject}, {@code redshift COMMIT}
 * @param nth of this name in the batch's life, from 1
 */
record Step(String name, int nth) {
    @Override
    public String toString() {
        return nth == 1 ? name : name + " (" + nth + ")";
    }
}
