package dev.caravan.sandbox.source;

/**
 * A database of a PostgreSQL that runs anyway, and ends with it.
 *
 * @param url with the user, whom it trusts
 */
record PostgresDatabase(String url) implements SourceDatabase {
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
