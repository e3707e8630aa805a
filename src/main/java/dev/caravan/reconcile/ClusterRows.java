package dev.caravan.reconcile;

import dev.caravan.copy.CopyStatement;
import dev.caravan.feed.Feed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * What the clusters' ledger tables name.
 *
 * @param sources a data source for a cluster's name
 */
public record ClusterRows(CopyStatement statements, Function<String, Optional<DataSource>> sources) {
    private static final Set<String> NO_SUCH_TABLE_OR_SCHEMA = Set.of("42P01", "3F000");

    /** A feed's batches that a cluster holds, those whose ids sort at or behind one; none if the ledger table isn't there yet. */
    Set<String> batches(String cluster, Feed feed, String from) throws SQLException {
        DataSource source = sources.apply(cluster)
                .orElseThrow(() -> new SQLException("no data source has the name " + cluster + " any more"));
        Set<String> ids = new HashSet<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(statements.batches(feed, from))) {
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
