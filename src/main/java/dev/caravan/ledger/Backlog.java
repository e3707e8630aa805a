package dev.caravan.ledger;

import java.util.List;

/** What the recovery scan asks about the lists in which batches wait ({@link WaitingList}). */
public interface Backlog {

    /** Nothing is ever waited for. */
    Backlog NONE = new Backlog() {
        @Override
        public List<Takeable> takeable() {
            return List.of();
        }

        @Override
        public void nothingWaits(String list) {}

        @Override
        public int queued(String feed) {
            return 0;
        }
    };

    /** The lists from which batches may be taken up now. */
    List<Takeable> takeable();

    /** No batch waits in a list. */
    void nothingWaits(String list);

    /** How many batches of a feed have all but begun here: they wait for a turn, and cost nothing but their lease. */
    int queued(String feed);

    /**
     * Lists from which batches may be taken up.
     *
     * @param lists one, or, for a probe, all that wait for the cluster
     * @param most how many
     * @param probe whether that is to try if a cluster is back: then the oldest, whatever else this instance does
     * @param passedOver how many of the oldest are passed over, since those that tried whether the cluster is back did so in vain
     */
    record Takeable(List<String> lists, int most, boolean probe, int passedOver) {}
}
