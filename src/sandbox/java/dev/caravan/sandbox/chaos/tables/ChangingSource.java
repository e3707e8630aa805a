package dev.caravan.sandbox.chaos.tables;

import dev.caravan.sandbox.run.RunFailure;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A database with the tables, and the user that reads them, who has the rights that the docs name and no others.
 *
 * @param name of its bean, and of the schema in the clusters
 */
record ChangingSource(String name, SourceDatabase database) {
    private static final String READER = "caravan", PASSWORD = "caravan-reads";

    /** Makes the tables and the user. */
    ChangingSource prepare() {
        List<String> statements =
                new ArrayList<>(isMariaDb() ? List.of() : List.of("CREATE SCHEMA shop", "SET search_path = shop"));
        if (!isMariaDb()) {
            statements.add("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS"
                    + " 'BEGIN NEW.updated_at = clock_timestamp(); RETURN NEW; END'");
        }
        for (ChangingTable table : ChangingTable.values()) {
            statements.add("CREATE TABLE " + table.table() + " (id BIGINT PRIMARY KEY, " + table.columns()
                    + (isMariaDb()
                            ? ", updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), KEY (updated_at)) CHARACTER SET utf8mb4"
                            : ", updated_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp())"));
            if (!isMariaDb()) {
                statements.add("CREATE INDEX ON " + table.table() + " (updated_at)");
                statements.add("CREATE TRIGGER touch BEFORE UPDATE ON " + table.table()
                        + " FOR EACH ROW EXECUTE FUNCTION touch()");
            }
        }
        statements.add(filled("INSERT INTO accounts (id, balance, owner) SELECT %s, 1000, 'somebody' FROM %s"));
        statements.add(filled("INSERT INTO orders (id, state) SELECT %s, 'new' FROM %s"));
        statements.add(filled("INSERT INTO entries (id, line) SELECT %s, 'first' FROM %s"));
        statements.addAll(
                isMariaDb()
                        ? List.of(
                                "CREATE USER " + READER + " IDENTIFIED BY '" + PASSWORD + "'",
                                "GRANT SELECT ON shop.* TO " + READER,
                                "GRANT PROCESS ON *.* TO " + READER)
                        : List.of(
                                "CREATE USER " + READER + " PASSWORD '" + PASSWORD + "'",
                                "GRANT USAGE ON SCHEMA shop TO " + READER,
                                "GRANT SELECT ON ALL TABLES IN SCHEMA shop TO " + READER,
                                "GRANT pg_read_all_stats TO " + READER));
        run(statements);
        return this;
    }

    /** Ends all connections of the user that reads, as a failover does. */
    void cutReaders() {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    isMariaDb()
                            ? "KILL HARD CONNECTION USER " + READER
                            : "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + READER
                                    + "'");
        } catch (SQLException e) {
            throw new RunFailure("The connections to " + name + " could not be cut", e);
        }
    }

    /** A connection that writes. */
    Connection writer() throws SQLException {
        Connection connection = database.connect();
        if (!isMariaDb()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET search_path = shop");
            }
        }
        connection.setAutoCommit(false);
        return connection;
    }

    /** Lines of application.properties. */
    List<String> settings() {
        String bean = "camel.beans." + name;
        return List.of(
                bean + "=#class:"
                        + (isMariaDb() ? "org.mariadb.jdbc.MariaDbDataSource" : "org.postgresql.ds.PGSimpleDataSource"),
                bean + ".url=" + database.url().replaceFirst("\\?.*", ""),
                bean + ".user=" + READER,
                bean + ".password=" + PASSWORD);
    }

    /** The names of its syncs. */
    List<String> syncs() {
        return Arrays.stream(ChangingTable.values()).map(this::sync).toList();
    }

    /**
     * Beans of a sync for each table.
     *
     * @param schedule when they run
     */
    String yaml(String schedule, String clusters) {
        return Arrays.stream(ChangingTable.values())
                .map(table -> """
                        - beans:
                            - name: %s
                              type: dev.caravan.pipeline.tabletoredshift.sync.TableSync
                              properties:
                                source: %s
                                tables: shop.%s
                                schedule: '%s'
                                targetSchema: from_%s
                                clusters: %s
                        """.formatted(sync(table), name, table.table(), schedule, name, clusters)
                        + table.properties().indent(8))
                .collect(Collectors.joining());
    }

    private String sync(ChangingTable table) {
        return name + "-" + table.table();
    }

    private boolean isMariaDb() {
        return database.url().startsWith("jdbc:mariadb:");
    }

    private String filled(String sql) {
        return isMariaDb()
                ? sql.formatted("seq - 1", "seq_1_to_" + ChangingTable.ROWS)
                : sql.formatted("seq - 1", "generate_series(1, " + ChangingTable.ROWS + ") AS seq");
    }

    private void run(List<String> statements) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new RunFailure("The tables of " + name + " could not be made", e);
        }
    }
}
