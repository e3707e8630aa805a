package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.sandbox.source.SharedSources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PostgresSyncTest extends SelectSyncTest {
    PostgresSyncTest() {
        super(SharedSources.postgres(), "TIMESTAMPTZ(6)", "now()");
    }

    @Override
    String quoted(String sql) {
        return sql;
    }

    @Test
    void whatHasChangedComes_columnsAreChosen_andNewOnesAreAdded() throws Exception {
        source(
                "CREATE TABLE " + schema + ".customers (id BIGINT PRIMARY KEY, email TEXT, card TEXT,"
                        + " updated_at TIMESTAMPTZ NOT NULL DEFAULT now())",
                "CREATE TABLE " + schema + ".tmp_customers (id BIGINT PRIMARY KEY)",
                "INSERT INTO " + schema + ".customers VALUES (1, 'a@example.com', '4711'), (2, NULL, '4712')");
        start(
                "tables", schema + ".*, !" + schema + ".tmp_*",
                "mode", "incremental",
                "watermark", "updated_at",
                "columns", "!card, email=md5(email)",
                "where", "id < 100");
        good(run(false));
        assertThat(rows("customers", "id || '|' || COALESCE(email, '-')", "id"))
                .containsExactly("1|" + md5("a@example.com"), "2|-");
        assertThat(cluster.column("SELECT column_name FROM information_schema.columns WHERE table_schema = '" + schema
                        + "' ORDER BY ordinal_position"))
                .containsExactly("id", "email", "updated_at");

        source(
                "ALTER TABLE " + schema + ".customers ADD COLUMN city VARCHAR(20)",
                "INSERT INTO " + schema
                        + ".customers VALUES (3, NULL, NULL, now(), 'Oslo'), (100, NULL, NULL, now(), 'out')");
        good(run(false));
        assertThat(rows("customers", "id || '|' || COALESCE(city, '-')", "id")).containsExactly("1|-", "2|-", "3|Oslo");
    }

    private static String md5(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Run good(Run run) {
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.COMPLETE);
        return run;
    }
}
