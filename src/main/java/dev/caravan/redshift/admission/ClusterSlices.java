package dev.caravan.redshift.admission;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many slices each cluster has. A cluster is asked about once an hour, for it may be resized. */
public final class ClusterSlices {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterSlices.class);

    /** After a resize some slices only compute; they read no files. On Serverless there is no such table. */
    private static final String COUNT = "SELECT count(*) FROM stv_slices WHERE type = 'D'";

    private static final Duration KNOWN_FOR = Duration.ofHours(1);
    private static final Duration UNKNOWN_FOR = Duration.ofMinutes(5);

    private final Function<String, Optional<DataSource>> sources;
    private final Clock clock;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(OptionalInt slices, Instant until) {}

    /** @param sources leads from a cluster's name to its data source */
    public ClusterSlices(Function<String, Optional<DataSource>> sources, Clock clock) {
        this.sources = sources;
        this.clock = clock;
    }

    /** Empty if the cluster can't say. May take as long as a connection does. */
    public OptionalInt of(String cluster) {
        Answer known = answers.get(cluster);
        Instant now = clock.instant();
        if (known != null && known.until().isAfter(now)) {
            return known.slices();
        }
        OptionalInt slices = ask(cluster);
        answers.put(cluster, new Answer(slices, now.plus(slices.isPresent() ? KNOWN_FOR : UNKNOWN_FOR)));
        return slices;
    }

    private OptionalInt ask(String cluster) {
        Optional<DataSource> source = sources.apply(cluster);
        if (source.isEmpty()) {
            return OptionalInt.empty();
        }
        try (Connection connection = source.get().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COUNT)) {
            int count = rows.next() ? rows.getInt(1) : 0;
            return count > 0 ? OptionalInt.of(count) : OptionalInt.empty();
        } catch (SQLException e) {
            LOG.debug("Cluster {} does not say how many slices it has: {}", cluster, e.getMessage());
            return OptionalInt.empty();
        }
    }
}
