package dev.caravan.sandbox.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A folder that Caravan and its commands run in: the shipped settings and routes, and what somebody adds.
 *
 * @param folder below the checkout's
 */
public record Installation(Path folder) {
    /** A night's run minds no seconds; who watches does. */
    private static final Map<String, String> SOONER =
            Map.of("caravan.sync.look-every", "500ms", "caravan.ledger.scan-interval", "1s");

    /** Where Caravan logs. */
    public Path log() {
        return folder.resolve("caravan.log");
    }

    /**
     * Writes it anew.
     *
     * @param settings behind the shipped ones
     * @param file name of a file in its {@code routes}
     * @param beans what stands in that
     */
    public void write(String settings, String file, String beans) {
        try {
            FileUtils.deleteDirectory(folder.toFile());
            copyRoutes();
            Files.writeString(folder.resolve("routes").resolve(file), beans);
            Files.writeString(folder.resolve("application.properties"), shipped() + settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts Caravan in it. */
    public CaravanProcess start(Cleanup cleanup, Map<String, String> environment) {
        return cleanup.start(() -> CaravanProcess.start(environment, log(), folder));
    }

    /** Returns when Caravan is ready. Throws {@link RunFailure} if it isn't by the end. */
    public static void awaitReady(CaravanProcess caravan, Cleanup cleanup, Instant end) {
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(200))
                    .atMost(Duration.between(Instant.now(), end))
                    .until(() -> {
                        cleanup.requireOpen();
                        return caravan.isReady();
                    });
        } catch (ConditionTimeoutException e) {
            throw new RunFailure("Caravan didn't get ready. " + caravan.endOfLog());
        }
    }

    /** Those of all pipelines, but not the checkout's own feeds and syncs, which stand beside their folders. */
    private void copyRoutes() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("routes"))) {
            for (Path of : folders.filter(Files::isDirectory).toList()) {
                FileUtils.copyDirectory(of.toFile(), folder.resolve(of).toFile());
            }
        }
    }

    private static String shipped() throws IOException {
        String settings = Files.readString(Path.of("application.properties"));
        for (Map.Entry<String, String> sooner : SOONER.entrySet()) {
            settings = settings.replaceFirst(
                    "(?m)^" + Pattern.quote(sooner.getKey()) + "=.*", sooner.getKey() + "=" + sooner.getValue());
        }
        return settings;
    }
}
