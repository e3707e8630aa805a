package dev.caravan.pipeline.tabletoredshift.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.pace.SourceLoad;
import dev.caravan.pipeline.tabletoredshift.pace.StopAbove;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;

/** What a server of PostgreSQL doesn't know itself: when a prepared transaction began, and what is open on a standby's primary. */
class PostgresStandbyTest {
    @Test
    void preparedTransactionsAndStandbysAreWarnedOf() throws Exception {
        Path folder = Files.createTempDirectory("caravan-standby-");
        try {
            try (EmbeddedPostgres primary = start(folder);
                    Connection late = primary.getPostgresDatabase().getConnection()) {
                TimedSource.run(late, "CREATE TABLE t (at timestamptz)");
                late.setAutoCommit(false);
                Instant before = Instant.now();
                TimedSource.run(late, "INSERT INTO t VALUES (now())", "PREPARE TRANSACTION 'half'");
                Horizon horizon = horizon(primary, Duration.ofSeconds(1));
                assertThat(horizon.safe()).isBefore(before);
                assertThat(horizon.warnings())
                        .singleElement()
                        .asString()
                        .contains("prepared transaction half, and nobody knows when it began");
                TimedSource.run(late, "ROLLBACK");
                late.setAutoCommit(true);
                TimedSource.run(late, "ROLLBACK PREPARED 'half'");
                assertThat(horizon(primary, Horizon.SLACK).warnings()).isEmpty();
            }
            Files.createFile(folder.resolve("standby.signal"));
            try (EmbeddedPostgres standby = start(folder)) {
                Horizon horizon = horizon(standby, Horizon.SLACK);
                assertThat(horizon.safe()).as("nothing was replayed yet").isEqualTo(Instant.EPOCH);
                assertThat(horizon.warnings())
                        .singleElement()
                        .asString()
                        .contains("is a standby")
                        .contains("only the overlap");
                StopAbove limit = StopAbove.of("replicaLag=30s").orElseThrow();
                try (SourceLoad load = new SourceLoad(standby.getPostgresDatabase()::getConnection, limit)) {
                    assertThat(load.ask().above().orElseThrow()).contains("doesn't replicate now");
                }
                try (Snapshot first =
                        Snapshot.begin(standby.getPostgresDatabase().getConnection())) {
                    List<Snapshot> others =
                            first.beside(new TableId("public", "t"), standby.getPostgresDatabase()::getConnection, 1);
                    assertThat(others).as("a standby exports snapshots as well").hasSize(1);
                    others.get(0).close();
                }
            }
        } finally {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }

    private static Horizon horizon(EmbeddedPostgres server, Duration slack) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            return Horizon.before(connection, slack);
        }
    }

    private static EmbeddedPostgres start(Path folder) throws IOException {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(Path.of(
                                System.getProperty("java.io.tmpdir"),
                                "caravan-redshift-" + System.getProperty("user.name"),
                                "binaries")
                        .toFile()) // where the sandbox has unpacked them
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("max_prepared_transactions", "2")
                .setServerConfig("fsync", "off")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }
}
