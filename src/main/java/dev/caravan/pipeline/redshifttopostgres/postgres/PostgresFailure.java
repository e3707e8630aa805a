package dev.caravan.pipeline.redshifttopostgres.postgres;

/**
 * What a failure of PostgreSQL means.
 *
 * @param mayPass whether another attempt could end otherwise
 * @param problem what is wrong, without a full stop
 * @param advice what to do, a sentence
 */
public record PostgresFailure(boolean mayPass, String problem, String advice) {
    /** For a person. */
    public String inWords() {
        return problem + ". " + advice;
    }
}
