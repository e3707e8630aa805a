package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.caravan.sandbox.faults.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedshiftServerTest {
    @TempDir
    private Path folder;

    @Test
    void aDataFolderSurvivesARestart() throws SQLException {
        try (TestS3 s3 = new TestS3()) {
            try (RedshiftServer server = start(s3, Optional.of(folder));
                    Connection connection = Cluster.open(server, new Properties())) {
                Cluster.run(connection, "CREATE TABLE kept (id INT); INSERT INTO kept VALUES (1)");
            }
            assertThat(postgresOf(folder)).isEmpty();
            try (RedshiftServer server = start(s3, Optional.of(folder));
                    Connection connection = Cluster.open(server, new Properties())) {
                assertThat(Cluster.rows(connection, "SELECT id FROM kept")).containsExactly("1");
            }
        }
    }

    @Test
    void aDataFolderBelongsToOneServer() {
        try (TestS3 s3 = new TestS3();
                RedshiftServer server = start(s3, Optional.of(folder))) {
            assertThat(server.port()).isPositive();
            assertThatThrownBy(() -> start(s3, Optional.of(folder)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another sandbox")
                    .hasMessageContaining(folder.toString());
        }
    }

    @Test
    void aPortInUseIsNamedWithItsPurpose() {
        try (TestS3 s3 = new TestS3();
                RedshiftServer server = start(s3, Optional.empty())) {
            int port = server.port();
            assertThatThrownBy(() -> RedshiftServer.start(port, Optional.empty(), s3.client(), "u", "p", new Watch()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Port " + port + " for the sandbox's Redshift is in use")
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void closingLeavesNoProcessAndNoFolder() throws SQLException {
        try (TestS3 s3 = new TestS3()) {
            RedshiftServer server = start(s3, Optional.empty());
            Path data;
            try (Connection connection = Cluster.open(server, new Properties())) {
                data = Path.of(Cluster.one(connection, "SHOW data_directory"));
            }
            assertThat(postgresOf(data)).isNotEmpty();
            server.close();
            server.close();
            assertThat(data).doesNotExist();
            assertThat(data.resolveSibling("postgres.log")).doesNotExist();
            assertThat(postgresOf(data)).isEmpty();
        }
    }

    @Test
    void aTerminatedJvmLeavesNoProcess() throws Exception {
        Process jvm = startInAJvm(folder);
        jvm.destroy();
        assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(postgresOf(folder)).isEmpty();
    }

    @Test
    void aKilledJvmDoesNotKeepTheNextOneFromStarting() throws Exception {
        Process jvm = startInAJvm(folder);
        jvm.destroyForcibly();
        assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("postgres").resolve("postmaster.pid")).exists();
        List<Long> orphans = postgresOf(folder);
        try (TestS3 s3 = new TestS3();
                RedshiftServer server = start(s3, Optional.of(folder));
                Connection connection = Cluster.open(server, new Properties())) {
            assertThat(Cluster.rows(connection, "SELECT id FROM written")).containsExactly("7");
            assertThat(postgresOf(folder)).isNotEmpty().doesNotContainAnyElementsOf(orphans);
        }
        await().untilAsserted(() -> assertThat(postgresOf(folder)).isEmpty());
    }

    /** Runs until it is killed. */
    static final class Jvm {
        private Jvm() {}

        @SuppressWarnings("SystemOut") // its test reads it
        public static void main(String[] arguments) throws Exception {
            try (TestS3 s3 = new TestS3();
                    RedshiftServer server = start(s3, Optional.of(Path.of(arguments[0])))) {
                try (Connection connection = Cluster.open(server, new Properties())) {
                    Cluster.run(connection, "CREATE TABLE written (id INT); INSERT INTO written VALUES (7)");
                }
                System.out.println("ready");
                Thread.sleep(Duration.ofMinutes(5).toMillis());
            }
        }
    }

    private static Process startInAJvm(Path data) throws IOException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Jvm.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(jvm.inputReader()
                        .lines()
                        .filter(line -> line.equals("ready"))
                        .findFirst())
                .isPresent();
        return jvm;
    }

    private static RedshiftServer start(TestS3 s3, Optional<Path> data) {
        return RedshiftServer.start(0, data, s3.client(), Cluster.USER, Cluster.PASSWORD, new Watch());
    }

    private static List<Long> postgresOf(Path data) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains("bin/postgres") && line.contains(data.toString()))
                            .isPresent())
                    .map(ProcessHandle::pid)
                    .toList();
        }
    }
}
