package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.routes.Scrape;
import dev.caravan.sandbox.parts.FreePort;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

class SyncMetersTest extends SyncingTest {
    private static final Pattern OF_SYNCS = Pattern.compile("(?m)^\\| `(caravan_sync_\\w+)`");

    @Test
    void whatIsReadAndHowRunsEndIsCounted_asTheDocsSay() throws Exception {
        source(
                "CREATE TABLE " + schema + ".good (id INT PRIMARY KEY)",
                "INSERT INTO " + schema + ".good VALUES (1), (2)",
                "CREATE TABLE " + schema + ".bad (id INT PRIMARY KEY, t LONGTEXT)",
                "INSERT INTO " + schema + ".bad VALUES (1, REPEAT('x', 70000))");
        int port = FreePort.pick();
        launch(pipeline()
                .with("camel.management.enabled", "true")
                .with("camel.management.jolokiaEnabled", "false")
                .with("caravan.console.port", Integer.toString(port)));
        assertThat(run(false).status()).isEqualTo(RunStatus.ERROR);

        Scrape scrape = Scrape.of(port);
        assertThat(scrape.value("caravan_sync_rows_total", "sync=\"shop\"")).hasValue(2);
        assertThat(scrape.value("caravan_sync_bytes_total", "sync=\"shop\"").orElseThrow())
                .isPositive();
        assertThat(scrape.value("caravan_sync_tables_total", "outcome=\"read\""))
                .hasValue(1);
        assertThat(scrape.value("caravan_sync_tables_total", "outcome=\"failed\""))
                .hasValue(1);
        assertThat(scrape.value("caravan_sync_runs_total", "status=\"error\"")).hasValue(1);
        assertThat(scrape.value("caravan_loaded_rows_total", "feed=\"shop\"")).hasValue(2);
        Set<String> ours = scrape.names().stream()
                .filter(name -> name.startsWith("caravan_sync_"))
                .collect(Collectors.toSet());
        assertThat(OF_SYNCS.matcher(Files.readString(Path.of("docs/reference/metrics.md")))
                        .results()
                        .map((MatchResult found) -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(ours);
    }

    @Test
    void whatLoadsDeleteIsCounted_asTheBeanSaysToo() throws Exception {
        source(
                "CREATE TABLE " + schema
                        + ".orders (id INT PRIMARY KEY, updated_at TIMESTAMP(6) NOT NULL DEFAULT NOW(6))",
                "INSERT INTO " + schema + ".orders (id) SELECT seq FROM seq_1_to_10");
        int port = FreePort.pick();
        launch(pipeline(DeletedRowsTest.incremental("deletes", "keys"))
                .with("camel.management.enabled", "true")
                .with("camel.management.jolokiaEnabled", "false")
                .with("caravan.console.port", Integer.toString(port)));
        assertThat(run(false).status()).isEqualTo(RunStatus.COMPLETE);
        source("DELETE FROM " + schema + ".orders WHERE id < 3");
        assertThat(run(false).status()).isEqualTo(RunStatus.COMPLETE);

        assertThat(Scrape.of(port).value("caravan_deleted_rows_total", "feed=\"shop\""))
                .hasValue(2);
        MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
        ObjectName sync = new ObjectName("dev.caravan:type=syncs,name=\"shop\"");
        assertThat(jmx.getAttribute(sync, "LastDeleted")).isEqualTo(2L);
        CompositeData newest = ((CompositeData[]) jmx.invoke(sync, "runs", new Object[0], new String[0]))[0];
        assertThat(newest.get("deleted")).isEqualTo(2L);
        assertThat(((CompositeData[]) newest.get("tables"))[0].get("deleted")).isEqualTo(2L);
    }
}
