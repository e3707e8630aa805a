package dev.caravan.pipeline.redshifttopostgres.postgres;

import dev.caravan.base.Shown;

/**
 * PostgreSQL can't take what it was given as things are, and to try again would change nothing: the message says what is wrong and what a person can do.
 * Nothing was changed, unless the difference is applied in chunks: then those before are in.
 */
public final class TargetRefused extends Exception {
    private static final long serialVersionUID = 1;

    public TargetRefused(String words) {
        super(Shown.line(words));
    }

    public TargetRefused(String words, Throwable cause) {
        super(Shown.line(words), cause);
    }
}
