package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.LogOf;
import dev.caravan.ledger.runs.RunStatus;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

/** What a sync has loaded is vacuumed and analyzed when that is planned; what it couldn't load, and Redshift hasn't, isn't. */
class SyncHousekeepingTest extends SyncingTest {
    @Test
    void tablesOfSyncsAreVacuumedAndAnalyzed() throws Exception {
        source(
                "CREATE TABLE " + schema + ".Orders (id INT PRIMARY KEY)",
                "INSERT INTO " + schema + ".Orders VALUES (1), (2)",
                "CREATE TABLE " + schema + ".bad (id INT PRIMARY KEY, t LONGTEXT)",
                "INSERT INTO " + schema + ".bad VALUES (7, REPEAT('x', 70000))");
        start();
        assertThat(run(false).status()).as("one table fails").isEqualTo(RunStatus.ERROR);
        ZonedDateTime at = ZonedDateTime.now(ZoneId.of("UTC")).plusSeconds(20); // it must be up by then
        try (LogOf log = LogOf.messages("dev.caravan")) {
            launch(pipeline()
                    .also("housekeeping/housekeeping")
                    .with("caravan.housekeeping", "true")
                    .with("caravan.housekeeping-at", at.format(DateTimeFormatter.ofPattern("s m H d M ? yyyy"))));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> !log.lines("Housekeeping of ").isEmpty());
            assertThat(log.lines("Housekeeping of "))
                    .singleElement()
                    .asString()
                    .startsWith("Housekeeping of " + schema + ".orders of cluster redshift: done in");
        }
        await().until(() -> cluster.column("SELECT vacuum_count || ' ' || analyze_count FROM pg_stat_user_tables"
                        + " WHERE schemaname = '" + schema + "' AND relname = 'orders'")
                .contains("1 1"));
    }
}
