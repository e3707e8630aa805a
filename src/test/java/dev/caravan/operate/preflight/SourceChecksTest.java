package dev.caravan.operate.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.database.Databases;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.sandbox.source.MariaDb;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;

/** Databases that are large, or don't say what they are. */
class SourceChecksTest {
    @Test
    void whatTakesTooLongIsLeftOutAndSaid() throws Exception {
        try (Connection connection = SharedSources.mariaDb().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE toomany");
            statement.execute("CREATE TABLE toomany.a (id INT PRIMARY KEY)");
            statement.execute("CREATE TABLE toomany.b (id INT PRIMARY KEY)");
        }
        assertThat(checked(Duration.ZERO))
                .contains(
                        "skip all: tables: 2 tables not looked at, for it takes too long: caravan sync all --plan asks"
                                + " about all")
                .noneMatch(line -> line.contains("can be read"));
        assertThat(checked(SourceChecks.LONGEST)).contains("ok   all: tables: 2 tables can be read as the sync says");
    }

    /** Who may see neither others' threads nor how far a replica is can't be told that there is one. */
    @Test
    void aServerThatTakesNoWritesMayBeAReplica_untilItSaysWhatItIs() throws Exception {
        try (MariaDb server = MariaDb.start();
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE shop.a (id INT PRIMARY KEY, at TIMESTAMP NOT NULL, INDEX (at))");
            statement.execute("CREATE USER poor@'%' IDENTIFIED BY 'p'");
            statement.execute("GRANT SELECT ON shop.* TO poor@'%'");
            statement.execute("GRANT PROCESS ON *.* TO poor@'%'");
            Map<String, String> incremental =
                    Map.of("source", "db", "tables", "shop.a", "mode", "incremental", "watermark", "at");
            assertThat(checked(server.url(), "poor", "p", incremental, SourceChecks.LONGEST))
                    .anyMatch(line -> line.startsWith("ok   source db: open transactions"));
            statement.execute("SET GLOBAL read_only = 1");
            assertThat(checked(server.url(), "poor", "p", incremental, SourceChecks.LONGEST))
                    .anyMatch(line -> line.startsWith("warn source db: open transactions: The source is read-only")
                            && line.contains("SLAVE MONITOR"));
            statement.execute("CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = 1, MASTER_USER = 'nobody'");
            statement.execute("GRANT SLAVE MONITOR ON *.* TO poor@'%'");
            assertThat(checked(server.url(), "poor", "p", incremental, SourceChecks.LONGEST))
                    .anyMatch(line -> line.startsWith("warn source db: open transactions: The source is a replica"))
                    .noneMatch(line -> line.contains("is read-only"));
        }
    }

    private static List<String> checked(Duration longest) throws Exception {
        SourceDatabase shared = SharedSources.mariaDb();
        return checked(
                shared.url(), shared.user(), shared.password(), Map.of("source", "db", "tables", "toomany.*"), longest);
    }

    private static List<String> checked(
            String url, String user, String password, Map<String, String> properties, Duration longest)
            throws Exception {
        TableSync sync = new TableSync();
        properties.forEach(sync::set);
        Syncs syncs = new Syncs(() -> Map.of("all", sync), Map.of());
        List<String> lines = new ArrayList<>();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            MariaDbDataSource source = new MariaDbDataSource(url);
            source.setUser(user);
            source.setPassword(password);
            context.getRegistry().bind("db", source);
            new SourceChecks(
                            "db",
                            new Databases(context, Duration.ofMinutes(1)),
                            syncs,
                            longest,
                            finding -> lines.add(finding.toString()))
                    .run(List.copyOf(syncs.all().values()));
        }
        return lines;
    }
}
