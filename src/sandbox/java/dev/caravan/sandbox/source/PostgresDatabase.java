package dev.caravan.sandbox.source;

import dev.caravan.sandbox.redshift.RedshiftServer;

/**
 * A database of a PostgreSQL that runs anyway, and ends with it.
 *
 * @param url with the user, whom it trusts
 */
public record PostgresDatabase(String url) implements SourceDatabase {
    /** One of this name, made if it isn't there, in the PostgreSQL that is behind a sandbox's Redshift. */
    public static PostgresDatabase beside(RedshiftServer redshift, String name) {
        return new PostgresDatabase(redshift.beside(name));
    }

    @Override
    public String user() {
        return "postgres";
    }

    @Override
    public String password() {
        return "";
    }

    @Override
    public void close() {
        // its server is another's
    }
}
