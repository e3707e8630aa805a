package dev.caravan.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the demo's third act as the caravan script does, on the packaged jar. */
@Timeout(180)
class DemoMirrorIT {
    @TempDir
    Path folder;

    @Test
    void bothSidesAreTheSameAfterEachNight_andAnAccidentIsStopped() throws Exception {
        try (DemoRun demo = DemoRun.start(folder, "mirror")) {
            List<ProcessHandle> started = demo.await("making the difference");

            assertThat(demo.exitCode()).as(demo.output()).isZero();

            assertThat(demo.output())
                    .contains("is complete: 3,336 rows inserted, 0 updated, 0 deleted, of 3,336 rows")
                    .contains("40 airports are new, 45 have another name, 17 are gone")
                    .contains("is complete: 40 rows inserted, 91 updated, 17 deleted, of 3,359 rows")
                    .contains("Compared: 3,359 rows of 9 columns, every value is the same in both")
                    .contains("is complete: 0 rows inserted, 155 updated, 0 deleted, of 3,359 rows")
                    .contains("Compared: 3,359 rows of 10 columns, every value is the same in both")
                    .contains("3,156 rows of 3,359 rows would be deleted (94.0 %), more than maxDeletes allows, 5 %")
                    .contains("PostgreSQL has all of its 3,359 rows as they were")
                    .contains("The application's own is as it was: 1 row, and the stars of 3 airports")
                    .contains("Both sides were the same after each night")
                    .doesNotContain("FAILED");
            assertThat(started).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        }
    }
}
