package dev.caravan.sandbox.chaos.plan;

import java.time.Duration;

/**
 * An object gets another content.
 *
 * @param moment when
 * @param after for {@link Moment#SOON}: how long after it was put there first
 * @param rows of the new content; as many as before make as many bytes
 */
public record Overwrite(Moment moment, Duration after, int rows) {
    public enum Moment {
        /** A few moments later, whatever has become of it by then. */
        SOON,
        /** When a COPY that is to load it has been sent, and has read nothing yet. */
        BEFORE_COPY,
        /** When a COPY has loaded it, and isn't committed. */
        AFTER_COPY,
        /** When its rows are seen in all its clusters. */
        LOADED
    }
}
