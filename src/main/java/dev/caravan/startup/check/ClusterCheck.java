package dev.caravan.startup.check;

import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.base.Fault;
import dev.caravan.dataapi.DataApiDataSource;
import dev.caravan.feed.Feed;
import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.redshift.target.CopyCredentials;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** What of a cluster's data source would lose data or never work. */
public final class ClusterCheck {
    /** A Serverless workgroup that is idle starts in less, most times; if not, nothing is known against it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String NO_SUCH = "3D000";
    private static final String RING_BUFFER = "enableFetchRingBuffer";
    private static final String DETAIL = "logServerErrorDetail";

    private ClusterCheck() {}

    /** Faults of a data source bean; other pools than Hikari can't be looked into and pass. */
    public static List<Fault> faults(String cluster, DataSource source) {
        if (source instanceof DataApiDataSource dataApi) {
            return dataApi.faults("camel.beans." + cluster);
        }
        List<Fault> faults = new ArrayList<>();
        if (source instanceof HikariDataSource pool) {
            String key = "camel.beans." + cluster;
            String url = pool.getJdbcUrl() == null ? "" : pool.getJdbcUrl();
            if (!url.startsWith("jdbc:redshift:")) {
                faults.add(new Fault(key + ".jdbcUrl", withoutQuery(url), "write jdbc:redshift://host:5439/database"));
            } else {
                faults.addAll(ofDriver(key + ".dataSourceProperties.", url, pool.getDataSourceProperties()));
            }
        }
        return faults;
    }

    private static List<Fault> ofDriver(String key, String url, Properties properties) {
        List<Fault> faults = new ArrayList<>();
        List<String> ringBuffer = settings(RING_BUFFER, url, properties);
        if (ringBuffer.isEmpty() || !ringBuffer.stream().allMatch("false"::equals)) {
            faults.add(new Fault(
                    key + RING_BUFFER,
                    String.join(", ", ringBuffer),
                    "set it to false: with its ring buffer on, the driver loses commits and errors"));
        }
        List<String> detail = settings(DETAIL, url, properties);
        if (!detail.stream().allMatch("true"::equals)) {
            faults.add(
                    new Fault(
                            key + DETAIL,
                            String.join(", ", detail),
                            "remove it: without an error's detail Caravan can't tell that a batch is loaded already, or which file is bad"));
        }
        return faults;
    }

    /**
     * Whether the Data API refuses to reach a cluster for a reason that only a person can mend. What passes by itself is no fault: Caravan starts while
     * a cluster is down.
     */
    public static Optional<Fault> refusal(String cluster, DataApiDataSource source) {
        try {
            source.probe(PATIENCE);
            return Optional.empty();
        } catch (SQLException e) {
            CopyFailure failure = CopyFailure.of(e);
            boolean mend = failure.kind() == CopyFailure.Kind.FATAL
                    || failure.sqlState().equals(NO_SUCH);
            return mend
                    ? Optional.of(new Fault(
                            "camel.beans." + cluster,
                            "",
                            failure.problem() + ". Correct its properties, or the permissions that it needs"
                                    + " (docs/reference/permissions.md)"))
                    : Optional.empty();
        }
    }

    /** Only Hikari's pools reveal what SQL hides. */
    public static Optional<Fault> secrets(Feed feed, String cluster, DataSource source) {
        boolean hides = feed.copyCredentials() != CopyCredentials.ROLE
                || feed.masterSymmetricKey().isPresent();
        return hides && !(source instanceof HikariDataSource)
                ? Optional.of(new Fault(
                        feed.name() + ".clusters",
                        cluster,
                        "keys can be given to com.zaxxer.hikari.HikariDataSource only, and this is a "
                                + source.getClass().getName() + ": use that, or copyCredentials: role"))
                : Optional.empty();
    }

    /** All values that a setting is given, in lower case; the driver takes its name in any case, from the URL and from properties. */
    private static List<String> settings(String name, String url, Properties properties) {
        Stream<String> ofProperties = properties.entrySet().stream()
                .filter(entry -> entry.getKey().toString().equalsIgnoreCase(name))
                .map(entry -> entry.getValue().toString());
        Stream<String> ofUrl = Stream.of(url.split("[?;&]", -1))
                .filter(part -> part.regionMatches(true, 0, name + "=", 0, name.length() + 1))
                .map(part -> part.substring(name.length() + 1));
        return Stream.concat(ofProperties, ofUrl)
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** A URL's query may hold a password. */
    private static String withoutQuery(String url) {
        return url.replaceFirst("[?;].*", "");
    }
}
