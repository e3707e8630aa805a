package dev.caravan.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;

/**
 * Databases by the names of their beans: DataSource beans of the drivers themselves. Each connection is a new one, with the user and the password that the
 * configuration has then, so that a rotated one is taken up.
 */
public final class Databases {
    private static final int LOGIN_SECONDS = 30;

    private final CamelContext context;
    private final Duration silence;

    /** @param silence how long a database may say nothing before its connection is cut */
    public Databases(CamelContext context, Duration silence) {
        this.context = context;
        this.silence = silence;
    }

    /** What a name leads to; empty if no DataSource bean has it. */
    public Optional<DataSource> named(String name) {
        return Optional.ofNullable(context.getRegistry().lookupByNameAndType(name, DataSource.class));
    }

    /** A connection of its own, which the caller closes or aborts. */
    public Connection connect(String name) throws SQLException {
        DataSource source = named(name)
                .orElseThrow(() -> new SQLException("There is no database " + name + ": add camel.beans." + name
                        + "=#class:org.mariadb.jdbc.MariaDbDataSource, or org.postgresql.ds.PGSimpleDataSource, and its"
                        + " url, user and password"));
        source.setLoginTimeout(LOGIN_SECONDS);
        String user = property(name, "user");
        Connection connection =
                user.isEmpty() ? source.getConnection() : source.getConnection(user, property(name, "password"));
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(Math.min(Integer.MAX_VALUE, silence.toMillis())));
        return connection;
    }

    private String property(String name, String property) {
        return context.resolvePropertyPlaceholders("{{camel.beans." + name + "." + property + ":}}");
    }
}
