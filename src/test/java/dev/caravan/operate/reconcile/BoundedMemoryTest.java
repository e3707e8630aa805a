package dev.caravan.operate.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A heap that is small is large enough, however much there is to compare, and for the largest batch. */
class BoundedMemoryTest {

    @Test
    void tenThousandBatchesAreComparedIn40MB() throws Exception {
        assertThat(run("-Xmx40m", "batches", "10000")).contains("10000 compared: 1 unasked");
    }

    @Test
    void theManifestOfTheLargestBatchIsWrittenIn128MB() throws Exception {
        assertThat(run("-Xmx128m", "manifest", "100000")).contains("100000 files in");
    }

    private static String run(String heap, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC", // whose limit is the same on every machine
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.caravan.operate.reconcile.ManyBatches");
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
