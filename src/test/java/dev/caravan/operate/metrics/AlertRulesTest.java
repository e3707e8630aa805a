package dev.caravan.operate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prometheus itself reads the alert rules, and tries them on series that should and shouldn't alarm. */
class AlertRulesTest {
    private static final Path MONITORING = Path.of("src", "monitoring");

    @BeforeEach
    void promtoolIsThere() {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
                "promtool, which comes with Prometheus, is not on the PATH");
    }

    @ParameterizedTest
    @CsvSource({"check, alerts.yaml", "test, alerts-test.yaml"})
    void promtoolIsContent(String command, String file) throws IOException, InterruptedException {
        Process promtool = new ProcessBuilder("promtool", command, "rules", file)
                .directory(MONITORING.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
        assertThat(said).contains("SUCCESS");
    }
}
