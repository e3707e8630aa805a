package dev.caravan.pipeline.tabletoredshift.source;

import java.sql.Connection;
import java.sql.SQLException;

/** Whose SQL a source speaks. */
public enum SourceKind {
    /** MySQL, MariaDB, and Aurora and RDS of both. */
    MYSQL('`'),
    /** PostgreSQL, and Aurora and RDS of it. */
    POSTGRESQL('"');

    private final char quote;

    SourceKind(char quote) {
        this.quote = quote;
    }

    /**
     * What is at the other end.
     *
     * @throws SQLException also when it is neither of these
     */
    public static SourceKind of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "MySQL", "MariaDB" -> MYSQL;
            case "PostgreSQL" -> POSTGRESQL;
            default ->
                throw new SQLException("The source is a " + product
                        + ": tables are taken from MySQL, MariaDB and PostgreSQL, and from Aurora and RDS of these");
        };
    }

    /** A name in quotes, as its SQL wants it. */
    public String identifier(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + name + "' is not a name: it is empty or has a NUL character");
        }
        String doubled = String.valueOf(quote) + quote;
        return quote + name.replace(String.valueOf(quote), doubled) + quote;
    }

    /** Schema and table in quotes. */
    public String identifier(TableId table) {
        return identifier(table.schema()) + "." + identifier(table.name());
    }
}
