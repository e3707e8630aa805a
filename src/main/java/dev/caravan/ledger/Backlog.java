package dev.caravan.ledger;

import java.util.Map;

/** What the recovery scan asks about clusters, and paused feeds, for which batches wait. */
public interface Backlog {

    /** No cluster is ever waited for. */
    Backlog NONE = new Backlog() {
        @Override
        public Map<String, Integer> takeable(int capacity) {
            return Map.of();
        }

        @Override
        public int passedOver(String cluster) {
            return 0;
        }

        @Override
        public void nothingWaits(String cluster) {}
    };

    /**
     * The clusters that take loads now, and the feeds that are paused no more, and that may have batches waiting.
     *
     * @param capacity how many batches this instance can take up now
     * @return for each cluster, how many of its batches may be taken up: few if that is to try whether the cluster is back
     */
    Map<String, Integer> takeable(int capacity);

    /** How many of the oldest that wait for a cluster are passed over, since those that tried whether it is back did so in vain. */
    int passedOver(String cluster);

    /** No batch waits for a cluster. */
    void nothingWaits(String cluster);
}
