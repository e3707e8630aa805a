package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.LogOf;
import dev.caravan.sandbox.SharedSandbox;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Hawtio shows of feeds and batches, and does to them: the MBeans, on running routes. */
class ManagedFeedsTest extends LoadingTest {
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
    private static final String FEED = "dev.caravan:type=feeds,name=\"web\"";
    private static final String BATCHES = "dev.caravan:type=batches,name=\"batches\"";

    @AfterEach
    void noFaults() {
        SharedSandbox.get().redshift().faults().clear();
    }

    @Test
    void aFeedIsPausedFlushedAndResumed() {
        start("batchSize", "100", "batchTimeout", "1h");
        put("web/1.csv", "1,a\n");
        await().until(() -> attribute(FEED, "OpenFiles").equals(1L));
        assertThat(attribute(FEED, "Table")).isEqualTo("public." + table);
        assertThat(attribute(FEED, "Prefix")).isEqualTo(landing.bucket() + "/web/");
        assertThat(attribute(FEED, "Paused")).isEqualTo(false);

        try (LogOf log = LogOf.messages("dev.caravan")) {
            assertThat(operation(FEED, "pause")).contains("Feed web is paused since ");
            assertThat(attribute(FEED, "Paused")).isEqualTo(true);
            await().until(() -> !log.lines("Feed web is paused").isEmpty());
        }
        await().until(() -> operation(FEED, "flush"), said -> said.matches("Batch web-\\S+ is due now: 1 file"));
        await().until(() -> attribute(FEED, "HeldBatches").equals(1L));
        assertThat(ids()).isEmpty();

        assertThat(operation(FEED, "resume")).isEqualTo("Feed web is resumed: what has waited is loaded now");
        await().until(() -> ids().equals(List.of("1")));
        await().until(() -> attribute(FEED, "LoadedRows").equals(1L));
        assertThat(attribute(FEED, "LastLoad").toString()).isNotEmpty();
        assertThat(operation(FEED, "resume")).isEqualTo("Feed web was not paused");
    }

    @Test
    void aFailedBatchIsReprocessed() {
        cluster.run("ALTER TABLE public." + table + " RENAME TO gone_" + table);
        start("batchSize", "1");
        put("web/1.csv", "1,a\n");
        await().until(() -> !failed().isEmpty());
        String id = failed().get(0);
        await().until(() -> attribute(FEED, "LastError").toString().contains(table));

        cluster.run("ALTER TABLE public.gone_" + table + " RENAME TO " + table);
        assertThat(operation(BATCHES, "reprocess", id))
                .isEqualTo("Batch " + id + " is locked again, and a running instance loads it now");
        await().until(() -> ids().equals(List.of("1")));
        await().until(
                        () -> operation(BATCHES, "reprocess", id),
                        said -> said.contains("is complete: only one that has failed"));
        assertThat(failed()).isEmpty();
        assertThat(operation(BATCHES, "unlock", "web-x")).isEqualTo("There is no batch 'web-x'");
    }

    @Test
    void everyAttributeAndOperationSaysWhatItIs_andGettersAreNoOperations() throws Exception {
        start("batchSize", "1");
        for (String name : List.of(FEED, BATCHES)) {
            var info = JMX.getMBeanInfo(new ObjectName(name));
            assertThat(info.getAttributes())
                    .isNotEmpty()
                    .extracting(MBeanAttributeInfo::getDescription)
                    .allMatch(text -> text.contains(" "));
            assertThat(info.getOperations())
                    .isNotEmpty()
                    .noneMatch(operation -> operation.getName().matches("(get|is)[A-Z].*"))
                    .extracting(MBeanOperationInfo::getDescription)
                    .allMatch(text -> text.contains(" "));
        }
    }

    @Test
    void whatAnOperationTakesHasAName() throws Exception {
        start("batchSize", "1");
        assertThat(JMX.getMBeanInfo(new ObjectName(BATCHES)).getOperations())
                .flatExtracting(operation -> List.of(operation.getSignature()))
                .extracting(MBeanParameterInfo::getName)
                .containsOnly("batchId");
    }

    private static List<String> failed() {
        return ((TabularData) attribute(BATCHES, "Failed"))
                .keySet().stream().map(key -> ((List<?>) key).get(0).toString()).toList();
    }

    private static Object attribute(String mbean, String name) {
        try {
            return JMX.getAttribute(new ObjectName(mbean), name);
        } catch (Exception e) {
            throw new AssertionError(mbean + " " + name, e);
        }
    }

    private static String operation(String mbean, String name, String... arguments) {
        try {
            String[] signature = new String[arguments.length];
            Arrays.fill(signature, String.class.getName());
            return String.valueOf(JMX.invoke(new ObjectName(mbean), name, arguments, signature));
        } catch (Exception e) {
            throw new AssertionError(mbean + " " + name, e);
        }
    }
}
