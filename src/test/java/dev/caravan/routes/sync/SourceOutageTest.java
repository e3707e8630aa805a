package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import org.junit.jupiter.api.Test;

/** What is away is waited for, and several instances share a run. */
class SourceOutageTest extends SyncingTest {
    @Test
    void aSourceThatLetsNobodyInIsWaitedFor() throws Exception {
        String user = "reader" + schema;
        source(
                "CREATE TABLE " + schema + ".orders (id INT PRIMARY KEY)",
                "INSERT INTO " + schema + ".orders VALUES (1), (2)",
                "CREATE USER " + user + " IDENTIFIED BY 'secret-1'",
                "GRANT SELECT ON *.* TO " + user);
        try {
            launch(pipeline().with("camel.beans.shopDb.user", user).with("camel.beans.shopDb.password", "secret-2"));
            Run asked = ask(false);
            String id = asked.id();
            await().until(() -> runs().find("shop", id).orElseThrow().reason().contains("source shopDb"));
            source("ALTER USER " + user + " IDENTIFIED BY 'secret-2'");
            Run ended = ended(asked);
            assertThat(ended.status()).as(ended.reason()).isEqualTo(RunStatus.COMPLETE);
            assertThat(rows("orders", "id", "id")).containsExactly("1", "2");
        } finally {
            source("DROP USER " + user);
        }
    }

    @Test
    void aTableThatAClusterHasNoRoomForIsntRead_untilItHas() throws Exception {
        source(
                "CREATE TABLE " + schema + ".orders (id INT PRIMARY KEY)",
                "INSERT INTO " + schema + ".orders VALUES (1), (2)",
                "ANALYZE TABLE " + schema + ".orders");
        cluster.run(
                "CREATE TABLE stv_partitions (part_begin bigint, used int, capacity int)",
                "INSERT INTO stv_partitions VALUES (0, 1024, 1024)");
        try {
            start();
            Run asked = ask(false);
            await().until(() -> runs().find("shop", asked.id())
                    .orElseThrow()
                    .reason()
                    .contains("orders: to load 16.0 KB takes about 40.0 KB of the cluster's disks"));
            assertThat(cluster.column("SELECT COUNT(*) FROM " + schema + ".orders"))
                    .containsExactly("0");
            cluster.run("UPDATE stv_partitions SET used = 0");
            Run ended = ended(asked);
            assertThat(ended.status()).as(ended.reason()).isEqualTo(RunStatus.COMPLETE);
            assertThat(rows("orders", "id", "id")).containsExactly("1", "2");
        } finally {
            cluster.run("DROP TABLE stv_partitions");
        }
    }

    @Test
    void twoInstancesReadTheTablesOfARun_eachOnce() throws Exception {
        for (int i = 1; i <= 8; i++) {
            source(
                    "CREATE TABLE " + schema + ".t" + i + " (id INT PRIMARY KEY)",
                    "INSERT INTO " + schema + ".t" + i + " VALUES (" + i + ")");
        }
        start();
        start();
        Run run = run(false);
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(run.counts()).containsEntry("tables", 8L).containsEntry("rows", 8L);
        for (int i = 1; i <= 8; i++) {
            assertThat(rows("t" + i, "id", "id")).containsExactly(Integer.toString(i));
        }
    }

    @Test
    void aScheduledSyncRunsByItself() throws Exception {
        source(
                "CREATE TABLE " + schema + ".orders (id INT PRIMARY KEY)",
                "INSERT INTO " + schema + ".orders VALUES (1)");
        start("schedule", "* * * * * ?");
        await().until(() -> runs().newest("shop", 5).stream().anyMatch(run -> run.status() == RunStatus.COMPLETE));
        assertThat(rows("orders", "id", "id")).containsExactly("1");
    }
}
