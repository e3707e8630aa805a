package dev.caravan.sandbox.chaos.check;

import java.util.Locale;

/**
 * What is to be said of a file, a batch or a queue.
 *
 * @param subject a file's URL, a batch's id or a queue's name
 * @param words the rest of the sentence
 */
public record Finding(Kind kind, String subject, String words) {
    public enum Kind {
        LOST,
        DOUBLED,
        STUCK,
        /** A cluster that was held for what a producer wrote. */
        HELD,
        /** A good file that was set aside. */
        BLAMED,
        /** Rows that were left out, and nobody was told. */
        UNTOLD,
        /** An overwritten object of which either content may be in a table, as a person was told. */
        UNSURE,
        QUARANTINED;

        /** Whether Caravan has broken its promise. */
        public boolean isBroken() {
            return this != UNSURE && this != QUARANTINED;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String toString() {
        return kind.word() + " " + subject + " " + words;
    }
}
