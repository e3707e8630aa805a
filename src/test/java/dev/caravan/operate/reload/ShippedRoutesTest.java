package dev.caravan.operate.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.sandbox.RouteFolders;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class ShippedRoutesTest {
    @Test
    void everyRouteOfThePipelineIsMissed_andEachThatIsMissingIsNamed() throws IOException {
        try (DefaultCamelContext empty = new DefaultCamelContext()) {
            Set<String> routes = RouteFolders.files().stream()
                    .map(file -> file.getFileName().toString().replace(".camel.yaml", ""))
                    .filter(name -> !name.equals("errors"))
                    .collect(Collectors.toSet());
            routes.addAll(JavaRoutes.ids());
            assertThat(ShippedRoutes.IDS).isEqualTo(routes);
            assertThat(new ShippedRoutes(empty).faults(Set.of()))
                    .as("who has no sync and no mirror doesn't need their routes")
                    .contains("route load is missing: bring its file in routes/ back, and restart")
                    .noneMatch(fault -> fault.contains("sync") || fault.contains("mirror"));
            empty.getRegistry().bind("shop", new TableSync());
            assertThat(new ShippedRoutes(empty).faults(Set.of()))
                    .contains("route plan-sync is missing: bring its file in routes/ back, and restart")
                    .noneMatch(fault -> fault.contains("mirror"));
            empty.getRegistry().bind("companies", new TableMirror());
            assertThat(new ShippedRoutes(empty).faults(Set.of("load")))
                    .hasSize(routes.size() - 1)
                    .contains("route plan-sync is missing: bring its file in routes/ back, and restart")
                    .contains("route end-mirror is missing: bring its file in routes/ back, and restart")
                    .contains("route copy is missing: bring its file in routes/ back, and restart")
                    .contains("route search is missing: restart")
                    .noneMatch(fault -> fault.contains("route load "));
        }
    }
}
