package dev.caravan.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class ShippedRoutesTest {
    @Test
    void everyRouteOfThePipelineIsMissed_andEachThatIsMissingIsNamed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes/s3-to-redshift"));
                DefaultCamelContext empty = new DefaultCamelContext()) {
            Set<String> routes = files.map(file -> file.getFileName().toString().replace(".camel.yaml", ""))
                    .filter(name -> !name.equals("errors"))
                    .collect(Collectors.toSet());
            assertThat(ShippedRoutes.IDS).isEqualTo(routes);
            assertThat(new ShippedRoutes(empty).faults(Set.of("load")))
                    .hasSize(routes.size() - 1)
                    .contains("route copy is missing: bring its file in routes/ back, and restart")
                    .noneMatch(fault -> fault.contains("route load "));
        }
    }
}
