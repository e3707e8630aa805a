package dev.caravan.operate.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.source.Sources;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.sandbox.source.SharedSources;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;

/** A source with more tables than there is time for. */
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

    private static List<String> checked(Duration longest) throws Exception {
        TableSync sync = new TableSync();
        Map.of("source", "db", "tables", "toomany.*").forEach(sync::set);
        Syncs syncs = new Syncs(() -> Map.of("all", sync), Map.of());
        List<String> lines = new ArrayList<>();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            MariaDbDataSource source =
                    new MariaDbDataSource(SharedSources.mariaDb().url());
            source.setUser(SharedSources.mariaDb().user());
            source.setPassword(SharedSources.mariaDb().password());
            context.getRegistry().bind("db", source);
            new SourceChecks(
                            "db",
                            new Sources(context, Duration.ofMinutes(1)),
                            syncs,
                            longest,
                            finding -> lines.add(finding.toString()))
                    .run(List.copyOf(syncs.all().values()));
        }
        return lines;
    }
}
