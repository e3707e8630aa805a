package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.ledger.notes.DynamoDbFeedPauses;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.dataapi.DataApiServer;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Where properties of syncs meet, and what others do to a table, or to a sync, in the meantime. */
class SyncEdgesTest extends SyncingTest {
    @Test
    void nothingIsDoneForAPausedSync_andAllOfItAfterwards() throws Exception {
        source(
                "CREATE TABLE " + schema + ".orders (id INT PRIMARY KEY)",
                "INSERT INTO " + schema + ".orders VALUES (1)");
        start();
        DynamoDbFeedPauses pauses =
                new DynamoDbFeedPauses(SharedSandbox.get().dynamoDb(), settings("alice"), Clock.systemUTC());
        pauses.pause("shop", "the cluster is busy");
        Run asked = ask(false);
        await().during(Duration.ofSeconds(2))
                .until(() -> runs().find("shop", asked.id()).orElseThrow().attempt() == 1);
        pauses.resume("shop");
        Run ended = ended(asked);
        assertThat(ended.status()).as(ended.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(rows("orders", "id", "id")).containsExactly("1");
    }

    @Test
    void aTableThatWasDroppedInRedshiftComesWhole() throws Exception {
        orders();
        start(DeletedRowsTest.incremental("deletes", "keys"));
        good(run(false));
        cluster.run("DROP TABLE " + schema + ".orders");
        source("UPDATE " + schema + ".orders SET name = 'y' WHERE id = 3");
        good(run(false));
        assertThat(rows("orders", "id || name", "id")).hasSize(10).contains("3y", "1x");
    }

    @Test
    void aTableThatWasDroppedInRedshiftComesWhole_alsoWhereRowsAreAppended() throws Exception {
        orders();
        start(DeletedRowsTest.incremental("writeMode", "append"));
        good(run(false));
        assertThat(rows("orders", "id || name", "id")).hasSize(10);
        cluster.run("DROP TABLE " + schema + ".orders");
        good(run(false));
        assertThat(rows("orders", "id || name", "id")).hasSize(10);
    }

    @Test
    void aTableThatWasEmptiedInRedshiftComesWhole() throws Exception {
        orders();
        start(DeletedRowsTest.incremental("deletes", "keys"));
        good(run(false));
        cluster.run("DELETE FROM " + schema + ".orders");
        good(run(false));
        assertThat(rows("orders", "id || name", "id")).hasSize(10);
    }

    @Test
    void anEmptiedSourceEmptiesIt() throws Exception {
        orders();
        start(DeletedRowsTest.incremental("deletes", "keys", "maxDeletes", "100"));
        good(run(false));
        source("DELETE FROM " + schema + ".orders");
        good(run(false));
        assertThat(rows("orders", "id || name", "id")).isEmpty();
        good(run(false));
        source("INSERT INTO " + schema + ".orders (id, name) VALUES (1, 'n')");
        good(run(false));
        assertThat(rows("orders", "id || name", "id")).containsExactly("1n");
    }

    @Test
    void aNewColumnHasItsDefaultInRowsThatWereThereBefore() throws Exception {
        orders();
        start(DeletedRowsTest.incremental());
        good(run(false));
        source("ALTER TABLE " + schema + ".orders ADD COLUMN n INT NOT NULL DEFAULT 7");
        good(run(false));
        assertThat(rows("orders", "id || '|' || COALESCE(n, -1)", "id"))
                .hasSize(10)
                .contains("1|7");
    }

    @Test
    void aKeyOfMoreColumnsDoublesNoRow() throws Exception {
        orders();
        start(DeletedRowsTest.incremental());
        good(run(false));
        source("ALTER TABLE " + schema
                + ".orders ADD COLUMN shop INT NOT NULL DEFAULT 7, DROP PRIMARY KEY, ADD PRIMARY KEY (shop, id)");
        Run refused = run(false);
        assertThat(refused.status()).isEqualTo(RunStatus.ERROR);
        assertThat(refused.reason())
                .contains(
                        "has no column shop yet, which is a key",
                        "caravan sync shop --full --table " + schema + ".orders");
        good(run(true));
        good(run(false));
        assertThat(rows("orders", "id || '|' || COALESCE(shop, -1)", "id"))
                .hasSize(10)
                .contains("1|7");
    }

    @Test
    void aLiveRowOfTheSameKeyStays() throws Exception {
        source(
                "CREATE TABLE " + schema
                        + ".people (id INT PRIMARY KEY, email VARCHAR(9) NOT NULL, deleted_at DATETIME NULL,"
                        + " updated_at TIMESTAMP(6) NOT NULL DEFAULT NOW(6) ON UPDATE NOW(6))",
                "INSERT INTO " + schema + ".people VALUES (1, 'a', NOW(), NOW(6) - INTERVAL 1 DAY),"
                        + " (2, 'a', NULL, NOW(6) - INTERVAL 1 DAY), (3, 'b', NULL, NOW(6) - INTERVAL 1 DAY)");
        start(DeletedRowsTest.incremental("deletes", "soft:deleted_at", "keys", "email", "maxDeletes", "100"));
        good(run(false));
        assertThat(rows("people", "id || email", "id")).containsExactly("2a", "3b");
        source("UPDATE " + schema + ".people SET deleted_at = NOW() - INTERVAL 1 HOUR WHERE id = 1");
        good(run(false));
        assertThat(rows("people", "id || email", "id")).as("it hasn't changed").containsExactly("2a", "3b");
        source(
                "UPDATE " + schema + ".people SET deleted_at = NOW() WHERE id = 3",
                "INSERT INTO " + schema + ".people (id, email) VALUES (4, 'B')");
        good(run(false));
        assertThat(rows("people", "id || email", "id"))
                .as("MySQL takes b and B for equal")
                .containsExactly("2a", "4B");
    }

    @Test
    void rowsAreComparedByKeysOfAnyType() throws Exception {
        source(
                "CREATE TABLE " + schema
                        + ".`My \"odd\" Table` (`The Key` DECIMAL(20,10), b BINARY(4), d DOUBLE, t DATETIME(6), u UUID,"
                        + " n BIGINT UNSIGNED, y YEAR, f FLOAT, e ENUM('x','y'), bt BIT(5), tm TIME(6), v INT,"
                        + " updated_at TIMESTAMP(6) NOT NULL DEFAULT NOW(6) ON UPDATE NOW(6),"
                        + " PRIMARY KEY (`The Key`, b, d, t, u, n, y, f, e, bt, tm))",
                "INSERT INTO " + schema
                        + ".`My \"odd\" Table` SELECT seq / 7, UNHEX(LPAD(HEX(seq), 8, '0')), seq / 3, NOW(6) - INTERVAL seq MICROSECOND,"
                        + " UUID(), 18446744073709551615 - seq, 2000 + seq, seq / 3, 'y', b'10001', '-12:00:00.000001', seq, NOW(6) - INTERVAL 1 DAY FROM seq_1_to_10");
        start(DeletedRowsTest.incremental("deletes", "keys"));
        good(run(false));
        source(
                "UPDATE " + schema + ".`My \"odd\" Table` SET v = -v WHERE v = 3",
                "DELETE FROM " + schema + ".`My \"odd\" Table` WHERE v = 4");
        good(run(false));
        assertThat(cluster.column("SELECT v FROM " + schema + ".\"my \"\"odd\"\" table\" ORDER BY v"))
                .containsExactly("-3", "1", "2", "5", "6", "7", "8", "9", "10");
    }

    @Test
    void aClusterOfTheDataApiDeletes() throws Exception {
        orders();
        launch(pipeline(DeletedRowsTest.incremental("clusters", "analytics", "deletes", "keys"))
                .with("camel.beans.analytics", "#class:dev.caravan.dataapi.DataApiDataSource")
                .with("camel.beans.analytics.workgroupName", DataApiServer.CLUSTER)
                .with("camel.beans.analytics.database", "dev"));
        good(run(false));
        source("DELETE FROM " + schema + ".orders WHERE id = 1");
        good(run(false));
        assertThat(rows("orders", "id || name", "id")).hasSize(9);
        source("DELETE FROM " + schema + ".orders");
        source("INSERT INTO " + schema + ".orders (id, name) SELECT seq, 'other' FROM seq_8_to_17");
        Run run = run(false);
        assertThat(run.status()).isEqualTo(RunStatus.ERROR);
        assertThat(run.reason()).contains("the load would delete 6 of 9 rows");
    }

    private void orders() throws Exception {
        source(
                "CREATE TABLE " + schema
                        + ".orders (id INT PRIMARY KEY, name VARCHAR(9), updated_at TIMESTAMP(6) NOT NULL"
                        + " DEFAULT NOW(6) ON UPDATE NOW(6), KEY (updated_at))",
                "INSERT INTO " + schema + ".orders SELECT seq, 'x', NOW(6) - INTERVAL 1 DAY FROM seq_1_to_10");
    }

    private static void good(Run run) {
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.COMPLETE);
    }
}
