package dev.caravan.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.base.OutOfMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that was started without the JVM's option ends all the same when it is out of memory. */
class OutOfMemoryTest {
    /** Lines that start the routes: the command line of a JVM that goes on to a jar. */
    private static final Pattern START = Pattern.compile(
            "^(CARAVAN_\\S+ )?java -.*caravan\\.jar|exec \"\\$java\".*(ArchiveClassesAtExit|-jar)|ENTRYPOINT");

    @TempDir
    private Path folder;

    @Test
    void whereverTheErrorIsThrownTheProcessEnds() throws Exception {
        for (String place : List.of("route", "handled", "thread")) {
            assertThat(exitCode(place, "-XX:-ExitOnOutOfMemoryError")).as(place).isEqualTo(3);
        }
        assertThat(exitCode("none", "-XX:-ExitOnOutOfMemoryError")).isEqualTo(10);
        assertThat(exitCode("none", "-XX:+ExitOnOutOfMemoryError")).isEqualTo(11);
    }

    private int exitCode(String place, String option) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        option,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Jvm.class.getName(),
                        place)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(place + ".log").toFile())
                .start();
        assertThat(jvm.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return jvm.exitValue();
    }

    @Test
    void whoeverStartsItHasTheOption() throws Exception {
        for (String file : List.of("caravan", "Dockerfile", "docs/how-to/try-it-on-the-sandbox.md")) {
            assertThat(starts(Path.of(file))).as(file).isNotEmpty();
        }
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            assertThat(Stream.concat(
                                    Stream.of("caravan", "Dockerfile", "README.md")
                                            .map(Path::of),
                                    docs)
                            .filter(Files::isRegularFile)
                            .filter(file -> !file.toString().endsWith(".png"))
                            .flatMap(OutOfMemoryTest::starts))
                    .allMatch(line -> line.contains("-XX:+ExitOnOutOfMemoryError"));
        }
    }

    private static Stream<String> starts(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> START.matcher(line).find());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Exits with 10 or 11 if nothing ends it: 11 if the JVM would by itself. */
    static final class Jvm {
        private Jvm() {}

        public static void main(String[] arguments) throws Exception {
            OutOfMemory.watchThreads();
            switch (arguments[0]) {
                case "thread" -> {
                    Thread thread = new Thread(Jvm::fill);
                    thread.start();
                    thread.join();
                }
                case "route", "handled" -> route(arguments[0].equals("handled"));
                default -> {}
            }
            System.exit(OutOfMemory.endsTheJvm() ? 11 : 10);
        }

        private static void route(boolean handled) throws Exception {
            try (DefaultCamelContext camel = new DefaultCamelContext()) {
                camel.getCamelContextExtension().addInterceptStrategy(new MemoryWatch());
                camel.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        onException(Exception.class).handled(handled).log("handled");
                        from("direct:fill").process(exchange -> fill());
                    }
                });
                camel.start();
                camel.createProducerTemplate().send("direct:fill", exchange -> {});
            }
        }

        private static void fill() {
            List<byte[]> kept = new ArrayList<>();
            while (kept.size() < Integer.MAX_VALUE) {
                kept.add(new byte[1 << 20]);
            }
        }
    }
}
