package dev.caravan.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
        try (DemoRun demo = DemoRun.start(folder)) {
            List<ProcessHandle> started = demo.await("Caravan is up");

            assertThat(demo.exitCode()).as(demo.output()).isZero();

            assertThat(demo.output())
                    .containsPattern("flights +\\d+ +\\d+ +2,000 +2,000 +\\d")
                    .containsPattern("quakes +35 +\\d+ +1,707 +1,707 +\\d")
                    .containsPattern("weather +32 +\\d+ +2,922 +2,922 +\\d")
                    .containsPattern("airports +12 +\\d+ +3,376 +3,376 +\\d")
                    .contains("Caravan: airports loaded, ")
                    .contains("Every one of the 10,005 uploaded rows is in its table exactly once")
                    .contains("./caravan demo tables", "./caravan demo mirror");
            assertThat(started).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void nothingIsLeftWhenItIsTerminated() throws Exception {
        try (DemoRun demo = DemoRun.start(folder)) {
            List<ProcessHandle> started = demo.await("Caravan is up");

            assertThat(demo.terminate()).isTrue();
            assertThat(demo.exitCode()).isEqualTo(143);
            assertThat(started).isNotEmpty().noneMatch(ProcessHandle::isAlive);
            assertThat(demo.output()).doesNotContain("ended by itself", "failed", "lost");
        }
    }
}
