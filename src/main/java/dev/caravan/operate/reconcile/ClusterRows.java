package dev.caravan.operate.reconcile;

import dev.caravan.feed.Feed;
import dev.caravan.redshift.copy.CopyStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * What the clusters' ledger tables name.
 *
 * @param sources a data source for a cluster's name
 * @param page how many ids are read at a time
 */
public record ClusterRows(CopyStatement statements, Function<String, Optional<DataSource>> sources, int page) {
    private static final int PAGE = 10_000;

    /** With this at its end an id sorts behind itself and before the next one. */
    private static final String BEHIND = "!";

    private static final Set<String> NO_SUCH_TABLE_OR_SCHEMA = Set.of("42P01", "3F000");

    public ClusterRows(CopyStatement statements, Function<String, Optional<DataSource>> sources) {
        this(statements, sources, PAGE);
    }

    /**
     * Hands over a feed's batches that a cluster holds, some thousands of ids at a time; none if the ledger table isn't there yet.
     *
     * @param from the first id
     * @param to the id before which it ends
     */
    void forEach(String cluster, Feed feed, String from, String to, Consumer<String> consumer) throws SQLException {
        DataSource source = sources.apply(cluster)
                .orElseThrow(() -> new SQLException("no data source has the name " + cluster + " any more"));
        String next = from;
        List<String> ids;
        do {
            ids = read(source, statements.batches(feed, next, to, page));
            ids.forEach(consumer);
            next = ids.isEmpty() ? to : ids.get(ids.size() - 1) + BEHIND;
        } while (ids.size() == page);
    }

    private static List<String> read(DataSource source, String select) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select)) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        } catch (SQLException e) {
            if (!NO_SUCH_TABLE_OR_SCHEMA.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
        }
        return ids;
    }
}
