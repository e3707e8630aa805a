package dev.caravan.sandbox.redshift;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** The PostgreSQL behind the gateway, with Redshift's defaults. It trusts whoever is on this machine; the gateway asks for the password. */
final class Postgres implements AutoCloseable {
    private static final String SUPERUSER = "postgres";

    private final EmbeddedPostgres server;

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
    }

    static Postgres start(DataFolder folder, String user) {
        if (System.getProperty("user.name").equals("root") && !LinuxUtils.isUnshareAvailable()) {
            throw new IllegalStateException("PostgreSQL refuses to run as root, and `unshare -U` is not allowed here:"
                    + " run as another user (runuser -u NAME -- …, or docker run --user 1000)");
        }
        try {
            Postgres postgres = new Postgres(EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            DataFolder.home().resolve("binaries").toFile())
                    .setDataDirectory(folder.postgres())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setOutputRedirector(Redirect.appendTo(folder.log().toFile()))
                    .setErrorRedirector(Redirect.appendTo(folder.log().toFile()))
                    .setLocaleConfig("locale", "C") // strings sort by their bytes, as in Redshift, …
                    .setLocaleConfig("locale-provider", "builtin") // … and upper() knows more than ASCII
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("synchronous_commit", "on") // a commit survives a kill of PostgreSQL …
                    .setServerConfig("fsync", "off") // … and need not survive the machine's
                    .setServerConfig("full_page_writes", "off")
                    .start());
            postgres.prepare(user);
            folder.ready();
            return postgres;
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL doesn't start: see " + folder.log(), e);
        }
    }

    int port() {
        return server.getPort();
    }

    DataSource database(String name) {
        return server.getDatabase(SUPERUSER, name);
    }

    String beside(String database) {
        try (Connection connection = database(SUPERUSER).getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = " + literal(database))) {
                statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(database, true));
            }
            return server.getJdbcUrl(SUPERUSER, database);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL has no database " + database + ", and can't make one", e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void prepare(String user) {
        try (Connection connection = database(SUPERUSER).getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = " + literal(user))) {
                statement.execute("CREATE ROLE " + statement.enquoteIdentifier(user, true) + " LOGIN SUPERUSER");
            }
            if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = " + literal(RedshiftServer.DATABASE))) {
                statement.execute("CREATE DATABASE " + RedshiftServer.DATABASE + " STRATEGY file_copy");
                statement.execute("ALTER DATABASE " + RedshiftServer.DATABASE
                        + " SET default_transaction_isolation = 'repeatable read'"); // SNAPSHOT, the default of
                // new databases
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL can't be prepared", e);
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return result.next();
        }
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
