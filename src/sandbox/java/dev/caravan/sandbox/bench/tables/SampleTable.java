package dev.caravan.sandbox.bench.tables;

import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A table of orders, the same rows in each database: 15 columns of most kinds, texts of several scripts, about 230 bytes a row as CSV. */
final class SampleTable {
    static final String SCHEMA = "shop", NAME = "bench_orders";

    private static final List<String> MARIADB =
            List.of("DROP TABLE IF EXISTS shop.bench_orders", """
            CREATE TABLE shop.bench_orders (id BIGINT UNSIGNED PRIMARY KEY, customer INT NOT NULL,
              state ENUM('new', 'paid', 'sent', 'back') NOT NULL, total DECIMAL(10,2) NOT NULL, tax DECIMAL(8,4), items SMALLINT NOT NULL,
              gift TINYINT(1) NOT NULL, email VARCHAR(100), name VARCHAR(100), note VARCHAR(200), weight DOUBLE, ordered DATETIME(6) NOT NULL,
              updated TIMESTAMP NOT NULL, due DATE, extra JSON)""", """
            INSERT INTO shop.bench_orders
            SELECT seq, seq * 7919 %% 100003, ELT(1 + seq %% 4, 'new', 'paid', 'sent', 'back'), seq %% 100000 / 100, IF(seq %% 9 = 0, NULL, seq %% 10000 / 10000),
              1 + seq %% 12, seq %% 20 = 0, CONCAT(LEFT(MD5(seq * 7919 %% 100003), 12), '@example.com'), ELT(1 + seq %% 5, '山田 太郎', 'Zoë "Z" Müller', 'O''Hara, Pat',
              'Иван Петров', 'Ana 🎁 Souza'), IF(seq %% 3 = 0, NULL, CONCAT('leave it at the door; code ', LEFT(MD5(seq), 20))), seq / 3,
              '2026-01-01' + INTERVAL seq SECOND, '2026-01-01' + INTERVAL seq SECOND, DATE('2026-01-01') + INTERVAL seq %% 900 DAY,
              CONCAT('{"source": "web", "session": "', MD5(seq + 1), '"}')
            FROM seq_1_to_%d""", "ANALYZE TABLE shop.bench_orders");

    private static final List<String> POSTGRES = List.of(
            "CREATE SCHEMA IF NOT EXISTS shop",
            "DROP TABLE IF EXISTS shop.bench_orders",
            """
            CREATE TABLE shop.bench_orders (id BIGINT PRIMARY KEY, customer INT NOT NULL, state VARCHAR(10) NOT NULL, total NUMERIC(10,2) NOT NULL,
              tax NUMERIC(8,4), items SMALLINT NOT NULL, gift BOOLEAN NOT NULL, email VARCHAR(100), name VARCHAR(100), note VARCHAR(200),
              weight DOUBLE PRECISION, ordered TIMESTAMP NOT NULL, updated TIMESTAMPTZ NOT NULL, due DATE, extra JSONB)""",
            """
            INSERT INTO shop.bench_orders
            SELECT seq, seq * 7919 %% 100003, (ARRAY['new', 'paid', 'sent', 'back'])[1 + seq %% 4], seq %% 100000 / 100.0,
              CASE WHEN seq %% 9 <> 0 THEN seq %% 10000 / 10000.0 END, 1 + seq %% 12, seq %% 20 = 0, left(md5((seq * 7919 %% 100003)::text), 12) || '@example.com',
              (ARRAY['山田 太郎', 'Zoë "Z" Müller', 'O''Hara, Pat', 'Иван Петров', 'Ana 🎁 Souza'])[1 + seq %% 5],
              CASE WHEN seq %% 3 <> 0 THEN 'leave it at the door; code ' || left(md5(seq::text), 20) END, seq / 3.0,
              TIMESTAMP '2026-01-01' + seq * INTERVAL '1 second', TIMESTAMPTZ '2026-01-01 00:00Z' + seq * INTERVAL '1 second',
              DATE '2026-01-01' + (seq %% 900)::int, jsonb_build_object('source', 'web', 'session', md5((seq + 1)::text))
            FROM generate_series(1::bigint, %d) AS seq""",
            "ANALYZE shop.bench_orders");

    private SampleTable() {}

    /** Makes it, with so many rows. */
    static void fill(SourceDatabase database, int rows) throws SQLException {
        List<String> statements = database.url().startsWith("jdbc:mariadb:") ? MARIADB : POSTGRES;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql.formatted(rows));
            }
        }
    }
}
