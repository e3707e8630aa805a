package dev.caravan.operate.preflight;

import dev.caravan.base.Shown;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Why a source takes no login, in words. Codes are of "MariaDB Error Codes", which are MySQL's as well, and of "PostgreSQL Error Codes" in its guide; what fails
 * before a server answers has the cause that Java gives it.
 */
final class SourceLogin {
    private static final int ACCESS_DENIED = 1045, DATABASE_DENIED = 1044, NO_DATABASE = 1049, MANY_CONNECTIONS = 1040;

    private SourceLogin() {}

    static String problem(String source, SQLException e) {
        String bean = "camel.beans." + source;
        String said = Shown.line(String.valueOf(e.getMessage()));
        return ofServer(e, bean, said)
                .or(() -> ofNetwork(e, bean, said))
                .orElse(said + ". Look at " + bean + ".url, .user and .password, and at the network");
    }

    private static Optional<String> ofServer(SQLException e, String bean, String said) {
        String state = String.valueOf(e.getSQLState());
        if (e.getErrorCode() == ACCESS_DENIED || state.equals("28P01")) {
            return Optional.of("user or password is wrong, or this host may not log in: " + said + ". Look at " + bean
                    + ".user and .password");
        }
        if (state.equals("28000") && e.getErrorCode() == 0) {
            return Optional.of("the server lets nobody of that name in from here: " + said + ". Look at " + bean
                    + ".user, and at the server's pg_hba.conf, which may want TLS (sslmode=require)");
        }
        if (e.getErrorCode() == NO_DATABASE || state.equals("3D000")) {
            return Optional.of(
                    "there is no such database: " + said + ". Change the database at the end of " + bean + ".url");
        }
        if (e.getErrorCode() == DATABASE_DENIED) {
            return Optional.of("the user may not use the database, or it isn't there: " + said + ". GRANT SELECT on its"
                    + " tables, or change the database at the end of " + bean + ".url");
        }
        if (e.getErrorCode() == MANY_CONNECTIONS || state.equals("53300")) {
            return Optional.of("it has too many connections already: " + said + ". Try again, or allow it more");
        }
        return Optional.empty();
    }

    private static Optional<String> ofNetwork(SQLException e, String bean, String said) {
        if (has(e, UnknownHostException.class)) {
            return Optional.of("its host is not known: " + said + ". Look at the host in " + bean + ".url");
        }
        if (has(e, ConnectException.class) || has(e, NoRouteToHostException.class)) {
            return Optional.of("nothing listens there, or a firewall refuses: " + said + ". Look at host and port in "
                    + bean + ".url, and at the network");
        }
        if (has(e, SocketTimeoutException.class)) {
            return Optional.of("nothing answers: " + said + ". Look at host and port in " + bean
                    + ".url, at security groups and the network");
        }
        if (has(e, SSLException.class) || mentionsTls(e)) {
            return Optional.of("TLS is refused: " + said + ". Have the server offer it, name its certificate"
                    + " (serverSslCert in MariaDB's driver, sslrootcert in PostgreSQL's), or change sslMode in " + bean
                    + ".url");
        }
        return Optional.empty();
    }

    /** A server without TLS is no exception of Java's: drivers say it in their own words. */
    private static boolean mentionsTls(SQLException e) {
        return Stream.<Throwable>iterate(e, t -> t != null, Throwable::getCause)
                .map(t -> String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT))
                .anyMatch(text -> text.contains("ssl") || text.contains("tls"));
    }

    private static boolean has(SQLException e, Class<? extends Throwable> type) {
        return Stream.<Throwable>iterate(e, t -> t != null, Throwable::getCause).anyMatch(type::isInstance);
    }
}
