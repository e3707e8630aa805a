package dev.caravan.pipeline.redshifttopostgres.postgres.check;

import dev.caravan.base.Shown;

/**
 * Something that a person should know before a mirror runs.
 *
 * @param hinders whether the mirror can't be written like this
 * @param sentence what it is, and what to do
 */
public record Finding(boolean hinders, String sentence) {
    public Finding {
        sentence = Shown.line(sentence);
    }

    static Finding fault(String sentence) {
        return new Finding(true, sentence);
    }

    static Finding warning(String sentence) {
        return new Finding(false, sentence);
    }
}
