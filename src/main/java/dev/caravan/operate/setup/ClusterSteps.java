package dev.caravan.operate.setup;

import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.redshift.failure.CopyFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/** Caravan's schema in a cluster; its tables are made by the first load of each target. */
record ClusterSteps(String schema, Function<String, Optional<DataSource>> clusters) {

    Step schema(String cluster) {
        String words = "schema " + schema + " in cluster " + cluster;
        Optional<DataSource> source = clusters.apply(cluster);
        if (source.isEmpty()) {
            return Step.blocked("reach cluster " + cluster + ": no data source has that name; add camel.beans."
                    + cluster + " to application.properties");
        }
        try (Connection connection = source.get().getConnection()) {
            return isThere(connection) ? Step.there(words) : Step.create(words, () -> create(source.get()));
        } catch (SQLException e) {
            return Step.blocked(
                    "look at cluster " + cluster + ": " + CopyFailure.of(e).problem());
        }
    }

    private boolean isThere(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
            query.setString(1, NameCase.of(connection).inCatalogue(schema));
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private void create(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(new CopyStatement(schema).createSchema());
        }
    }
}
