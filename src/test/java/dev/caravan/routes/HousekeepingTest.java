package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.LogOf;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables are vacuumed and analyzed when that is planned and not else, by one instance. */
class HousekeepingTest extends LoadingTest {

    @Test
    void eachTableIsVacuumedAndAnalyzedOnce_whicheverInstanceIsFirst_andAFailureStopsNoOther() throws Exception {
        // Both must be up by then.
        ZonedDateTime at = ZonedDateTime.now(ZoneId.of("UTC")).plusSeconds(20);
        String cron = at.format(DateTimeFormatter.ofPattern("s m H d M ? yyyy"));
        try (LogOf log = LogOf.messages("dev.caravan")) {
            List<Pipeline> instances = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                instances.add(launch(pipeline("batchSize", "1")
                        .also("housekeeping/housekeeping")
                        .with("caravan.housekeeping", "true")
                        .with("caravan.housekeeping-at", cron)
                        .feed("missing", "prefix", landing.bucket() + "/missing/", "table", "public.is_missing")
                        .feed("same", "prefix", landing.bucket() + "/same/", "table", "public." + table)));
            }
            await().until(() -> !log.lines("Housekeeping of public." + table).isEmpty());
            await().until(() -> instances.stream().allMatch(HousekeepingTest::isOver));
            assertThat(log.lines("Housekeeping of public." + table))
                    .singleElement()
                    .asString()
                    .startsWith("Housekeeping of public." + table + " of cluster redshift: done in");
            assertThat(log.lines("Housekeeping of public.is_missing"))
                    .singleElement()
                    .asString()
                    .contains("does not exist");
        }
        await().until(() -> cluster.column("SELECT vacuum_count || ' ' || analyze_count FROM pg_stat_user_tables"
                        + " WHERE relname = '" + table + "'")
                .contains("1 1"));
    }

    private static boolean isOver(Pipeline pipeline) {
        MeterRegistry meters = pipeline.context().getRegistry().findSingleByType(MeterRegistry.class);
        return meters.get("camel.exchanges.succeeded")
                        .tag("routeId", "housekeeping")
                        .counter()
                        .count()
                == 1;
    }

    @Test
    void offByDefault() {
        Pipeline pipeline = launch(pipeline().also("housekeeping/housekeeping"));
        assertThat(pipeline.context()
                        .getRouteController()
                        .getRouteStatus("housekeeping")
                        .isStarted())
                .isFalse();
    }
}
