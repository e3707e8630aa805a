package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.LogOf;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.Ledger;
import dev.caravan.outcome.Outcome;
import dev.caravan.sandbox.SharedSandbox;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
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
        start("batchSize", "100", "batchTimeout", "1h", "description", "Clicks of the shop");
        put("web/1.csv", "1,a\n");
        await().until(() -> attribute(FEED, "OpenFiles").equals(1L));
        assertThat(attribute(FEED, "Description")).isEqualTo("Clicks of the shop");
        assertThat(attribute(FEED, "Table")).isEqualTo("public." + table);
        assertThat(attribute(FEED, "Prefix")).isEqualTo(landing.bucket() + "/web/");
        assertThat(attribute(FEED, "Paused")).isEqualTo(false);

        try (LogOf log = LogOf.messages("dev.caravan")) {
            assertThat(operation(FEED, "pause")).contains("feed web is paused since ");
            assertThat(attribute(FEED, "Paused")).isEqualTo(true);
            await().until(() -> !log.lines("Feed web is paused").isEmpty());
        }
        await().until(
                        () -> operation(FEED, "flush"),
                        said -> said.matches("batch web-\\S+ \\(1 file, 4 B\\) is due now: .*"));
        await().until(() -> attribute(FEED, "HeldBatches").equals(1L));
        assertThat(ids()).isEmpty();

        assertThat(operation(FEED, "resume")).startsWith("feed web is resumed after ");
        await().until(() -> ids().equals(List.of("1")));
        await().until(() -> attribute(FEED, "LoadedRows").equals(1L));
        assertThat(attribute(FEED, "LastLoad").toString()).isNotEmpty();
        assertThat(operation(FEED, "resume")).isEqualTo("feed web is not paused");
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
                .isEqualTo("batch " + id + " is locked again: a running instance loads it into cluster redshift");
        await().until(() -> ids().equals(List.of("1")));
        await().until(
                        () -> operation(BATCHES, "reprocess", id),
                        said -> said.contains("is complete: every cluster of its feed holds its files"));
        assertThat(failed()).isEmpty();
        assertThat(operation(BATCHES, "unlock", "web-x")).isEqualTo("there is no batch 'web-x'");
    }

    @Test
    void whatIsLoadedStaysSoWhenABatchIsReprocessed_asTheCommandHasIt() {
        Ledger ledger = launch(second(pipeline(
                        "batchSize",
                        "1",
                        "clusters",
                        "redshift, second",
                        "clusterTables",
                        "second=public.missing_" + table)))
                .ledger();
        put("web/1.csv", "1,a\n");
        await().until(() -> !failed().isEmpty());
        String id = failed().get(0);
        Outcome loaded = ledger.find(id).orElseThrow().outcomes().get("redshift");
        assertThat(loaded).isInstanceOf(Outcome.Loaded.class);
        assertThat(operation(BATCHES, "reprocess", id))
                .isEqualTo("batch " + id + " is locked again: a running instance loads it into cluster second");
        await().until(() -> ledger.find(id).orElseThrow().status() == BatchStatus.ERROR
                && ledger.find(id).orElseThrow().attempt() > 1);
        assertThat(ledger.find(id).orElseThrow().outcomes()).containsEntry("redshift", loaded);
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
        return Arrays.stream((CompositeData[]) attribute(BATCHES, "Failed"))
                .map(batch -> batch.get("id").toString())
                .toList();
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
