package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Cluster.Extension.class)
class PsqlTest {
    private final Cluster cluster;

    PsqlTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void psqlIsThere() throws SQLException {
        boolean there = Stream.of(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "psql")));
        assumeTrue(there, "psql is not on the PATH");
        cluster.run("DROP TABLE IF EXISTS psql; CREATE TABLE psql (id INT NOT NULL, name VARCHAR(20))");
    }

    @Test
    void tablesAreDescribedAndRead() throws Exception {
        assertThat(psql(
                        "-c",
                        "\\d psql",
                        "-c",
                        "\\dt",
                        "-c",
                        "INSERT INTO psql VALUES (1, 'a')",
                        "-c",
                        "SELECT * FROM psql"))
                .contains("character varying(20)", "public|psql|table|awsuser", "INSERT 0 1", "1|a");
    }

    @Test
    void aStringOfStatementsWithACopyIsOneTransaction() throws Exception {
        String url = cluster.s3().put("psql.csv", "1,a\n2,b\n");
        String copy = Cluster.copy("psql", url, "CSV");
        assertThat(psql("-c", copy + "; SELECT count(*) FROM psql; SELECT pg_last_copy_count()"))
                .contains("COPY", "2\n2");
        assertThat(psql("-c", copy + "; SELECT 1/0")).contains("division by zero");
        assertThat(cluster.rows("SELECT count(*) FROM psql")).containsExactly("2");
    }

    @Test
    void aFailedCopyIsToldAsRedshiftDoes() throws Exception {
        String url = cluster.s3().put("psql-bad.csv", "x,a\n");
        assertThat(psql("-c", Cluster.copy("psql", url, "CSV")))
                .contains("ERROR:  Load into table 'psql' failed.  Check 'stl_load_errors' system table for details.");
    }

    @Test
    void aClientsOwnCopyGoesThrough() throws Exception {
        assertThat(psql("-c", "\\copy psql FROM PROGRAM 'echo 5,x' CSV", "-c", "SELECT * FROM psql"))
                .contains("COPY 1", "5|x");
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        assertThat(psqlAs("Wrong1", "-c", "SELECT 1")).contains("password authentication failed for user \"awsuser\"");
    }

    private String psql(String... arguments) throws IOException {
        return psqlAs(Cluster.PASSWORD, arguments);
    }

    private String psqlAs(String password, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("psql", "-X", "-A", "-t", "-h", "127.0.0.1"));
        command.addAll(
                List.of("-p", String.valueOf(cluster.server().port()), "-U", Cluster.USER, RedshiftServer.DATABASE));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", password);
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
