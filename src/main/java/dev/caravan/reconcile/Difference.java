package dev.caravan.reconcile;

/**
 * Something that is in one place and not in another, or is not where it should be by now.
 *
 * @param kind what is the matter
 * @param what an object's URL or a batch's id
 * @param note where and why, and what to do
 */
public record Difference(Kind kind, String what, String note) {

    /** What is the matter. */
    public enum Kind {
        /** An object in S3 of which the ledger has never heard. */
        UNKNOWN("unknown"),
        /** A file that a cluster refused. */
        QUARANTINED("quarantined"),
        /** A batch that should have been loaded an hour ago. */
        STUCK("stuck"),
        /** A batch that ended without being loaded. */
        FAILED("failed"),
        /** A batch that the ledger calls loaded, without a row in the cluster's ledger table. */
        MISSING("missing"),
        /** A batch in the cluster's ledger table that the ledger doesn't call loaded there. */
        UNEXPECTED("unexpected"),
        /** A cluster that can't be asked. */
        UNASKED("unasked");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As people and scripts read it. */
        public String word() {
            return word;
        }
    }
}
