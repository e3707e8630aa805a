package dev.caravan.operate.reconcile;

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
        /** An object in S3 that the ledger doesn't know. */
        UNKNOWN("unknown", true),
        /** A file that a cluster refused. */
        QUARANTINED("quarantined", false),
        /** A batch that should have been loaded an hour ago. */
        STUCK("stuck", true),
        /** A batch that ended without being loaded. */
        FAILED("failed", false),
        /** A batch that the ledger calls loaded, without a row in the cluster's ledger table. */
        MISSING("missing", true),
        /** A batch in the cluster's ledger table that the ledger doesn't call loaded there. */
        UNEXPECTED("unexpected", true),
        /** A cluster that can't be asked. */
        UNASKED("unasked", true);

        private final String word;
        private final boolean news;

        Kind(String word, boolean news) {
            this.word = word;
            this.news = news;
        }

        /** Whether nobody was told when it happened. */
        public boolean isNews() {
            return news;
        }

        /** As people and scripts read it. */
        public String word() {
            return word;
        }
    }
}
