package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.sandbox.dataapi.DataApiServer;
import org.junit.jupiter.api.Test;

/** A cluster that is reached by the Data API is synced as any other. */
class DataApiSyncTest extends SyncingTest {
    @Test
    void aTableIsMade_filled_andMerged() throws Exception {
        source(
                "CREATE TABLE " + schema + ".orders (id INT PRIMARY KEY, note VARCHAR(20),"
                        + " updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))",
                "INSERT INTO " + schema + ".orders (id, note) VALUES (1, 'one'), (2, NULL)");
        launch(pipeline("clusters", "analytics", "mode", "incremental", "watermark", "updated_at")
                .with("camel.beans.analytics", "#class:dev.caravan.dataapi.DataApiDataSource")
                .with("camel.beans.analytics.workgroupName", DataApiServer.CLUSTER)
                .with("camel.beans.analytics.database", "dev"));
        Run first = run(false);
        assertThat(first.status()).as(first.reason()).isEqualTo(RunStatus.COMPLETE);
        source("UPDATE " + schema + ".orders SET note = '' WHERE id = 2");
        source("INSERT INTO " + schema + ".orders (id, note) VALUES (3, 'three')");
        Run second = run(false);
        assertThat(second.status()).as(second.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(rows("orders", "id || coalesce('=' || note, ' null')", "id"))
                .containsExactly("1=one", "2=", "3=three");
    }
}
