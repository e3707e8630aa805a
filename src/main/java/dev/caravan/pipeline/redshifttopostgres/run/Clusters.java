package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.pipeline.redshifttopostgres.warehouse.WarehouseTables;
import dev.caravan.redshift.copy.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import javax.sql.DataSource;

/** Clusters, and what they have of mirrors. */
final class Clusters {
    private final Function<String, Optional<DataSource>> clusters;
    private final String schema;

    /**
     * @param clusters by name
     * @param schema of Caravan's own tables there, without quotes
     */
    Clusters(Function<String, Optional<DataSource>> clusters, String schema) {
        this.clusters = clusters;
        this.schema = schema;
    }

    Connection connect(String cluster) throws SQLException {
        return clusters.apply(cluster)
                .orElseThrow(() -> new SQLException("there is no cluster " + cluster + " any more"))
                .getConnection();
    }

    String createSchema() {
        return "CREATE SCHEMA IF NOT EXISTS " + SqlText.identifier(schema);
    }

    WarehouseTables tables(String mirror) {
        return new WarehouseTables(schema, mirror);
    }

    /** Snapshots of which it has the state, oldest first. */
    Set<String> states(String cluster, String mirror) throws SQLException {
        WarehouseTables tables = tables(mirror);
        Set<String> states = new TreeSet<>();
        try (Connection connection = connect(cluster);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(tables.all())) {
            while (rows.next()) {
                String name = rows.getString("name");
                if (tables.isState(name)) {
                    tables.snapshot(name).ifPresent(states::add);
                }
            }
        }
        return states;
    }

    /** Runs statements, each a transaction of its own. */
    void execute(String cluster, Iterable<String> statements) throws SQLException {
        try (Connection connection = connect(cluster);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
