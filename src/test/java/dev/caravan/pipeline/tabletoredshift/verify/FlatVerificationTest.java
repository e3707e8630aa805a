package dev.caravan.pipeline.tabletoredshift.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.source.SharedSources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A heap of 64 MB is enough to compare any table, by ranges as by buckets, of many rows as of long ones, and when nothing is the same. */
class FlatVerificationTest {
    @Test
    void manyRowsByRanges() throws Exception {
        source(
                "CREATE TABLE f_many (id INT PRIMARY KEY, name VARCHAR(80), price DOUBLE)",
                "INSERT INTO f_many SELECT seq, REPEAT(MD5(seq), 2), seq / 7e0 FROM seq_1_to_300000");
        cluster(
                "CREATE TABLE f_many (id INTEGER, name VARCHAR(320), price DOUBLE PRECISION)",
                "INSERT INTO f_many SELECT n, repeat(md5(n::text), 2), n / 7e0::double precision FROM generate_series(1, 300000) n");
        assertThat(verify("f_many")).startsWith("VerifyResult[rowsSource=300000, rowsTarget=300000, differences=[]]");
    }

    @Test
    void manyRowsByBuckets() throws Exception {
        source(
                "CREATE TABLE f_texts (code CHAR(32) PRIMARY KEY, n INT)",
                "INSERT INTO f_texts SELECT MD5(seq), seq FROM seq_1_to_300000");
        cluster(
                "CREATE TABLE f_texts (code VARCHAR(128), n INTEGER)",
                "INSERT INTO f_texts SELECT md5(n::text), n + 1 FROM generate_series(1, 300000) n");
        assertThat(verify("f_texts"))
                .startsWith("VerifyResult[rowsSource=300000, rowsTarget=300000, differences=[Difference[range=keys of ")
                .contains("kind=CHANGED");
    }

    @Test
    void longValues() throws Exception {
        source(
                "CREATE TABLE f_long (id INT PRIMARY KEY, a LONGTEXT, b LONGTEXT, c LONGBLOB)",
                "INSERT INTO f_long SELECT seq, REPEAT('é', 30000), REPEAT('b', 60000), REPEAT('c', 500000) FROM seq_1_to_300");
        cluster(
                "CREATE TABLE f_long (id INTEGER, a VARCHAR(65535), b VARCHAR(65535), c VARBYTE(2000000))",
                "INSERT INTO f_long SELECT n, repeat('é', 30000), repeat('b', 60000), repeat('63', 500000) FROM generate_series(1, 300) n");
        assertThat(verify("f_long")).startsWith("VerifyResult[rowsSource=300, rowsTarget=300, differences=[]]");
    }

    private static String verify(String table) throws Exception {
        Map<String, String> environment = SharedSandbox.get().environment();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VerifyMain.class.getName(),
                        SharedSources.mariaDb().url(),
                        SharedSources.mariaDb().user(),
                        SharedSources.mariaDb().password(),
                        "shop",
                        table,
                        environment.getOrDefault("CARAVAN_REDSHIFT_URL", ""),
                        environment.getOrDefault("CARAVAN_REDSHIFT_USER", ""),
                        environment.getOrDefault("CARAVAN_REDSHIFT_PASSWORD", ""),
                        table)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static void source(String... statements) throws SQLException {
        try (Connection connection = SharedSources.mariaDb().connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void cluster(String... statements) {
        new ClusterSql(SharedSandbox.get().environment()).run(statements);
    }
}
