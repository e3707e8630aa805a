package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.SharedSandbox;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code batchSize: auto} on running routes: batches grow while COPY is slow, and become small again; no file is lost or doubled by it. */
class AutoBatchesTest extends LoadingTest {
    private int files;

    @BeforeEach
    @AfterEach
    void fourSlices() {
        cluster.run("DELETE FROM sandbox.slices WHERE slice >= 4", "DELETE FROM sandbox.slices WHERE type = 'C'");
    }

    @Test
    void batchesGrowWhileCopyIsSlow_andShrinkAgain_inMultiplesOfTheSlicesThatReadFiles() throws Exception {
        cluster.run("INSERT INTO sandbox.slices VALUES (2, 4, 0, 'C'), (2, 5, 1, 'C')");
        SharedSandbox.get().redshift().faults().add("slow match=\"^\\s*COPY\" ms=1500 forever");
        launch(auto());
        awaitSize("4: 4 slices, no COPY seen yet");
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            put();
            return size() > 8;
        });
        assertThat(size() % 4).isZero();
        launch(auto()); // another instance learns from the ledger what this one has seen
        SharedSandbox.get().redshift().faults().clear();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    put();
                    return size() == 4;
                });
        await().atMost(Duration.ofSeconds(60)).until(() -> ids().size() == files);
        assertThat(ids()).doesNotHaveDuplicates();
    }

    @Test
    void filesThatComeFastFromTheStartMakeLargeBatches_thoughAllOfTheNewestWait() throws Exception {
        SharedSandbox.get().redshift().faults().add("slow match=\"^\\s*COPY\" ms=3000 forever");
        launch(auto());
        awaitSize("4: 4 slices, no COPY seen yet");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    for (int i = 0; i < 10; i++) {
                        put();
                    }
                    return size() >= 40;
                });
        SharedSandbox.get().redshift().faults().clear();
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    put();
                    return size() == 4;
                });
        await().atMost(Duration.ofSeconds(60)).until(() -> ids().size() == files);
        assertThat(ids()).doesNotHaveDuplicates();
    }

    private Pipeline auto() {
        return pipeline("batchSize", "auto");
    }

    private void put() {
        files++;
        put("web/" + files + ".csv", files + ",a\n");
    }

    private void awaitSize(String words) {
        await().until(() -> said().contains("(currently " + words));
    }

    private int size() throws Exception {
        return Integer.parseInt(said().replaceFirst("auto [(]currently ", "").replaceFirst(":.*", ""));
    }

    private static String said() throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("dev.caravan:type=feeds,name=\"web\""), "BatchSize")
                .toString();
    }
}
