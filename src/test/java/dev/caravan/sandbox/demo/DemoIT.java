package dev.caravan.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the demo as the caravan script does, on the packaged jar. */
@Timeout(180)
class DemoIT {
    @TempDir
    Path folder;

    @Test
    void everyRowIsLoadedOnceAndTold() throws Exception {
        Process demo = start();
        List<ProcessHandle> started = started(demo);

        assertThat(demo.waitFor()).as(output()).isZero();

        assertThat(output())
                .containsPattern("flights +\\d+ +\\d+ +2,000 +2,000 +\\d")
                .containsPattern("quakes +35 +\\d+ +1,707 +1,707 +\\d")
                .containsPattern("weather +32 +\\d+ +2,922 +2,922 +\\d")
                .containsPattern("airports +12 +\\d+ +3,376 +3,376 +\\d")
                .contains("Caravan: airports loaded, ")
                .contains("Every one of the 10,005 uploaded rows is in its table exactly once");
        assertThat(started).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void nothingIsLeftWhenItIsTerminated() throws Exception {
        Process demo = start();
        List<ProcessHandle> started = started(demo);

        demo.destroy(); // SIGTERM

        assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(143);
        assertThat(started).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(output()).doesNotContain("ended by itself", "failed", "lost");
    }

    private Process start() throws IOException {
        Path target = Path.of("target");
        String classPath = "target/test-classes:target/classes:" + Files.readString(target.resolve("test-class-path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlog4j2.configurationFile=log4j2-sandbox.xml",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath.strip(),
                        DemoCommand.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    /** The processes of a demo that is loading. */
    private List<ProcessHandle> started(Process demo) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> !demo.isAlive() || output().contains("Caravan is up"));
        return demo.descendants().toList();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
    }
}
