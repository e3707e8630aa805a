package dev.caravan.redshift.login;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * What bounds a cluster's connections, where the configuration doesn't say otherwise: a statement that takes too long is cancelled in the cluster, by another
 * connection; if not even that helps, because this one is half open, it is cut.
 *
 * @param atMost the longest that a statement, or a body of several, may take
 */
record JdbcBounds(Duration atMost) {
    private static final Duration LEAST_GRACE = Duration.ofSeconds(3);
    private static final Duration MOST_GRACE = Duration.ofMinutes(1);

    /** The driver's properties ("Options for JDBC driver version 2.x configuration" in Redshift's management guide), in seconds where they are times. */
    Properties completed(String url, Properties configured) {
        Map<String, String> bounds = Map.of(
                "connectTimeout", "10",
                "loginTimeout", "30",
                "socketTimeout", Long.toString(atMost.plus(grace()).toSeconds()),
                "tcpKeepAlive", "true",
                "socketFactory", WatchfulSockets.class.getName());
        Properties completed = new Properties();
        completed.putAll(configured);
        bounds.forEach((name, value) -> {
            if (!isSet(name, url, configured)) {
                completed.setProperty(name, value);
            }
        });
        return completed;
    }

    /** Has the driver cancel a statement in time, unless it has a bound already. */
    void bound(Statement statement) throws SQLException {
        if (statement.getQueryTimeout() == 0) {
            statement.setQueryTimeout(Math.toIntExact(Math.max(1, atMost.toSeconds())));
        }
    }

    private Duration grace() {
        Duration tenth = atMost.dividedBy(10);
        return tenth.compareTo(LEAST_GRACE) < 0 ? LEAST_GRACE : tenth.compareTo(MOST_GRACE) > 0 ? MOST_GRACE : tenth;
    }

    /** The driver takes a name in any case. */
    private static boolean isSet(String name, String url, Properties configured) {
        return configured.keySet().stream().anyMatch(key -> key.toString().equalsIgnoreCase(name))
                || url.toLowerCase(Locale.ROOT).matches("(?s).*[?;&]" + name.toLowerCase(Locale.ROOT) + "=.*");
    }
}
