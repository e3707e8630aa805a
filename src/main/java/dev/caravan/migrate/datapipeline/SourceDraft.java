package dev.caravan.migrate.datapipeline;

import java.util.Locale;

/**
 * A database that tables come from; its password never is taken over.
 *
 * @param name of the data source: letters, digits and underscores
 * @param url JDBC's; a placeholder if the definition doesn't say it
 * @param user a placeholder if the definition doesn't say it
 * @param engine whose SQL it speaks, as far as that is known
 * @param database the one that it is connected to; may be empty
 * @param origin what it comes from, in words
 */
public record SourceDraft(String name, String url, String user, Engine engine, String database, String origin) {
    /** Whose SQL a source speaks. */
    enum Engine {
        MYSQL("org.mariadb.jdbc.MariaDbDataSource"),
        POSTGRESQL("org.postgresql.ds.PGSimpleDataSource"),
        /** Taken for MySQL until a person says what it is. */
        UNKNOWN(MYSQL.dataSource);

        private final String dataSource;

        Engine(String dataSource) {
            this.dataSource = dataSource;
        }

        /** The class of its driver that a source is. */
        String dataSource() {
            return dataSource;
        }
    }

    /** The environment variable that its password is taken from. */
    public String passwordVariable() {
        return variable(name, "PASSWORD");
    }

    /** Camel reads a variable by its name in capitals. */
    static String variable(String name, String what) {
        return name.toUpperCase(Locale.ROOT) + "_" + what;
    }

    static String placeholder(String name, String what) {
        return "{{env:" + variable(name, what) + "}}";
    }
}
