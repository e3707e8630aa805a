package dev.caravan.pipeline.tabletoredshift.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A heap of 64 MB is enough for any table: for one of many rows, and for one whose values are each larger than the heap should bear. */
class FlatMemoryTest {
    private static final String COLUMNS =
            " (id INT PRIMARY KEY, name VARCHAR(80), price DECIMAL(10,2), sold TIMESTAMP NULL)";

    @Test
    void aMillionRowsOfMariaDb() throws Exception {
        run(
                SharedSources.mariaDb(),
                "CREATE TABLE a_million" + COLUMNS,
                "INSERT INTO a_million SELECT seq, REPEAT(MD5(seq), 2), seq / 100, '2024-02-29' FROM seq_1_to_1000000");
        assertThat(extract(SharedSources.mariaDb(), "shop", "a_million")).startsWith("1000000 rows");
        assertThat(extract(SharedSources.mariaDb(), "shop", "a_million", 8))
                .startsWith("1000000 rows")
                .contains("in 8 parts");
    }

    @Test
    void manyRowsOfPostgres() throws Exception {
        run(
                SharedSources.postgres(),
                "CREATE TABLE many" + COLUMNS,
                "INSERT INTO many SELECT n, repeat(md5(n::text), 2), n / 100, '2024-02-29' FROM generate_series(1, 500000) n");
        assertThat(extract(SharedSources.postgres(), "public", "many")).startsWith("500000 rows");
        assertThat(extract(SharedSources.postgres(), "public", "many", 8))
                .startsWith("500000 rows")
                .contains("in 8 parts");
    }

    @Test
    void hugeValuesOfMariaDb() throws Exception {
        run(
                SharedSources.mariaDb(),
                "CREATE TABLE huge (id INT PRIMARY KEY, note LONGTEXT, photo LONGBLOB, doc JSON)",
                "INSERT INTO huge SELECT seq, REPEAT('é', 20000000), NULL, NULL FROM seq_1_to_2",
                "INSERT INTO huge SELECT 10 + seq, NULL, REPEAT('a', 40000000), NULL FROM seq_1_to_2",
                "INSERT INTO huge SELECT 20 + seq, NULL, NULL, CONCAT('\"', REPEAT('a', 3900000), '\"') FROM seq_1_to_10");
        assertThat(extract(SharedSources.mariaDb(), "shop", "huge"))
                .startsWith("14 rows")
                .contains("values=2");
    }

    @Test
    void hugeValuesOfPostgres() throws Exception {
        run(
                SharedSources.postgres(),
                "CREATE TABLE huge (id INT PRIMARY KEY, note TEXT, photo BYTEA, doc JSON)",
                "INSERT INTO huge SELECT n, repeat('é', 20000000), NULL, NULL FROM generate_series(1, 2) n",
                "INSERT INTO huge SELECT 10 + n, NULL, repeat('a', 40000000)::bytea, NULL FROM generate_series(1, 2) n",
                "INSERT INTO huge SELECT 20 + n, NULL, NULL, ('\"' || repeat('a', 3900000) || '\"')::json FROM generate_series(1, 10) n");
        assertThat(extract(SharedSources.postgres(), "public", "huge"))
                .startsWith("14 rows")
                .contains("values=2");
    }

    private static String extract(SourceDatabase database, String schema, String table) throws Exception {
        return extract(database, schema, table, 1);
    }

    private static String extract(SourceDatabase database, String schema, String table, int connections)
            throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExtractMain.class.getName(),
                        database.url(),
                        database.user(),
                        database.password(),
                        schema,
                        table,
                        Integer.toString(connections))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static void run(SourceDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
