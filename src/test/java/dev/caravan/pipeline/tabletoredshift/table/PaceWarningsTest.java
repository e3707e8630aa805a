package dev.caravan.pipeline.tabletoredshift.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.database.Databases;
import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.source.TableSize;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.sandbox.source.SharedSources;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;

/** Before a source is read, a person is told what will come of the bounds that the sync has. */
class PaceWarningsTest {
    private static final SourceTable ORDERS = new SourceTable(
            SourceKind.MYSQL,
            new TableId("shop", "orders"),
            "InnoDB",
            List.of(new SourceColumn("id", "int", "int(11)", 0, 10, 0, false, "", false, false)),
            List.of("id"));

    @Test
    void aRateThatIsTooSlowForTheSnapshotIsWarnedOf() throws Exception {
        assertThat(warnings(100_000, "maxRate", "10", "maxSnapshot", "2h"))
                .containsExactly(
                        "shop.orders: at 10 rows a second (maxRate), its about 100,000 rows take 2 h 46 min, longer"
                                + " than the source may have to keep one moment of itself (maxSnapshot: 2 h): it would fail. Write a"
                                + " larger maxRate or a longer maxSnapshot");
        assertThat(warnings(100_000, "maxRate", "10", "maxSnapshot", "3h")).isEmpty();
        assertThat(warnings(-1, "maxRate", "10", "maxSnapshot", "1s"))
                .as("nobody knows how many rows it has")
                .isEmpty();
    }

    @Test
    void aLimitThatSaysNothingIsWarnedOf() throws Exception {
        assertThat(warnings(1, "stopAbove", "replicaLag=30s"))
                .singleElement()
                .asString()
                .contains("replicaLag says nothing", "isn't a replica");
        assertThat(warnings(1, "stopAbove", "threadsRunning=100000")).isEmpty();
    }

    @Test
    void aTableThatOneConnectionReadsIsNamed() throws Exception {
        assertThat(warnings(99_999, "parallel", "4"))
                .containsExactly(
                        "shop.orders: read by one connection, and not by 4 (parallel), for it has about 99,999 rows,"
                                + " fewer than 100,000");
        assertThat(warnings(-1, "parallel", "4")).singleElement().asString().contains("doesn't know how many rows");
        assertThat(warnings(100_000, "parallel", "4")).isEmpty();
        assertThat(warnings(1)).isEmpty();
    }

    private static List<String> warnings(long rows, String... properties) throws Exception {
        TableSync sync = new TableSync();
        sync.set("source", "shopDb");
        for (int i = 0; i < properties.length; i += 2) {
            sync.set(properties[i], properties[i + 1]);
        }
        CamelContext context = new DefaultCamelContext();
        try {
            context.getPropertiesComponent()
                    .addInitialProperty(
                            "camel.beans.shopDb.user", SharedSources.mariaDb().user());
            context.getPropertiesComponent()
                    .addInitialProperty(
                            "camel.beans.shopDb.password",
                            SharedSources.mariaDb().password());
            context.getRegistry()
                    .bind(
                            "shopDb",
                            new MariaDbDataSource(SharedSources.mariaDb().url()));
            return PaceWarnings.of(
                    new Databases(context, Duration.ofMinutes(1)), sync, ORDERS, new TableSize(rows, rows), true);
        } finally {
            context.stop();
        }
    }
}
