package dev.caravan.sandbox.source;

import dev.caravan.sandbox.SharedSandbox;

/** One of each for all tests of a JVM, started on first use, stopped with the JVM. Tests have databases or schemas of their own in them. */
public final class SharedSources {
    private SharedSources() {}

    /** MariaDB, with a database {@code shop} in it. */
    public static SourceDatabase mariaDb() {
        return MariaDbHolder.SERVER;
    }

    /** A PostgreSQL database {@code shop}. */
    public static SourceDatabase postgres() {
        return PostgresHolder.SERVER;
    }

    private static final class MariaDbHolder {
        static final SourceDatabase SERVER = MariaDb.start();
    }

    private static final class PostgresHolder {
        static final SourceDatabase SERVER =
                PostgresDatabase.beside(SharedSandbox.get().redshift(), "shop");
    }
}
