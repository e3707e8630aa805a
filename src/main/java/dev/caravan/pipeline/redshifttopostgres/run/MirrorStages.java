package dev.caravan.pipeline.redshifttopostgres.run;

/** The stages of a mirror's run, each recorded before it is acted on. */
public final class MirrorStages {
    /** The difference between the source and what the target holds is made in Redshift. */
    public static final String COMPARE = "compare";
    /** The difference is written to S3. */
    public static final String UNLOAD = "unload";
    /** PostgreSQL gets it. */
    public static final String APPLY = "apply";

    private MirrorStages() {}
}
