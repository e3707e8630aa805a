package dev.caravan.pipeline.redshifttopostgres.run;

/** A run can't go on, and another attempt would end alike: a person is told why, and what to do. */
public final class MirrorRefused extends Exception {
    public MirrorRefused(String sentence) {
        super(sentence);
    }
}
