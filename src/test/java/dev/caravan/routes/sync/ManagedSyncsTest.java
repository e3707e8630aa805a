package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

/** What Hawtio shows of syncs, and does to them: the MBeans, on running routes. */
class ManagedSyncsTest extends SyncingTest {
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
    private static final String SYNC = "dev.caravan:type=syncs,name=\"shop\"";

    @Test
    void aSyncIsPausedResumedAndRun() throws Exception {
        source(
                "CREATE TABLE " + schema + ".bad (id INT PRIMARY KEY, t LONGTEXT)",
                "INSERT INTO " + schema + ".bad VALUES (7, REPEAT('x', 70000))",
                "CREATE TABLE " + schema + ".good (id INT PRIMARY KEY)",
                "INSERT INTO " + schema + ".good VALUES (1), (2)");
        start("description", "The shop", "schedule", "0 0 3 1 1 ?", "timeZone", "Asia/Tokyo");
        assertThat(attribute("Description")).isEqualTo("The shop");
        assertThat(attribute("Source")).isEqualTo("shopDb");
        assertThat(attribute("Tables")).isEqualTo(schema + ".*");
        assertThat(attribute("Mode")).isEqualTo("full");
        assertThat(attribute("Clusters")).isEqualTo("redshift");
        assertThat(attribute("Schedule")).isEqualTo("0 0 3 1 1 ? (Asia/Tokyo)");
        assertThat(attribute("NextRun").toString()).contains("-12-31T18:00:00Z");
        assertThat(attribute("LastRun")).isEqualTo("");

        assertThat(operation("pause", "until noon"))
                .startsWith("Sync shop is paused since ")
                .contains(": until noon");
        assertThat(attribute("Paused")).isEqualTo(true);
        assertThat(attribute("Pause").toString()).endsWith(": until noon");
        assertThat(attribute("NextRun")).isEqualTo("");
        assertThat(operation("sync")).isEqualTo("sync shop is paused: caravan resume sync shop");
        assertThat(operation("resume")).isEqualTo("Sync shop goes on");
        assertThat(operation("resume")).isEqualTo("Sync shop wasn't paused");

        assertThat(operation("sync")).matches("Run shop-\\d{8}T\\d{6} is asked for");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> attribute("LastStatus").equals("error"));
        assertThat(attribute("LastReason").toString()).contains("1 of 2 tables failed: " + schema + ".bad");
        assertThat(attribute("LastRows")).isEqualTo(2L);
        assertThat(attribute("LastEnded").toString()).isNotEmpty();
        assertThat((CompositeData[]) attribute("Reading")).isEmpty();

        CompositeData run = newest()[0];
        assertThat(run.get("status")).isEqualTo("error");
        assertThat(Arrays.stream((CompositeData[]) run.get("tables"))
                        .map(table -> table.get("table") + " " + table.get("state") + " " + table.get("rows")))
                .containsExactly(schema + ".bad failed 0", schema + ".good read 2");

        source("DELETE FROM " + schema + ".bad");
        assertThat(operation("syncFull")).matches("Run shop-\\d{8}T\\d{6} is asked for");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> attribute("LastStatus").equals("complete"));
        assertThat(newest()).hasSize(2);
        assertThat(newest()[0].get("asked")).isEqualTo("all rows");
    }

    @Test
    void everyAttributeAndOperationSaysWhatItIs_andTheConsoleMayUseEachOfThem() throws Exception {
        start();
        String policy = new String(
                getClass().getResourceAsStream("/jolokia-access.xml").readAllBytes(), StandardCharsets.UTF_8);
        String ofSyncs = policy.substring(policy.indexOf("dev.caravan:type=syncs,*"));
        var info = JMX.getMBeanInfo(new ObjectName(SYNC));
        assertThat(info.getAttributes())
                .isNotEmpty()
                .extracting(MBeanAttributeInfo::getDescription)
                .allMatch(text -> text.contains(" "));
        assertThat(info.getOperations())
                .extracting(MBeanOperationInfo::getName)
                .containsExactlyInAnyOrder("sync", "syncFull", "pause", "resume", "runs");
        assertThat(info.getOperations())
                .allMatch(operation -> operation.getDescription().contains(" "))
                .allMatch(operation -> ofSyncs.substring(0, ofSyncs.indexOf("</mbean>"))
                        .contains("<operation>" + signature(operation) + "</operation>"))
                .flatExtracting(operation -> List.of(operation.getSignature()))
                .extracting(MBeanParameterInfo::getName)
                .containsExactly("reason");
    }

    private static String signature(MBeanOperationInfo operation) {
        return operation.getName()
                + Arrays.stream(operation.getSignature())
                        .map(MBeanParameterInfo::getType)
                        .collect(Collectors.joining(",", "(", ")"));
    }

    private static CompositeData[] newest() {
        return (CompositeData[]) invoke("runs");
    }

    private static Object attribute(String name) {
        try {
            return JMX.getAttribute(new ObjectName(SYNC), name);
        } catch (Exception e) {
            throw new AssertionError(name, e);
        }
    }

    private static String operation(String name, String... arguments) {
        return String.valueOf(invoke(name, arguments));
    }

    private static Object invoke(String name, String... arguments) {
        try {
            String[] signature = new String[arguments.length];
            Arrays.fill(signature, String.class.getName());
            return JMX.invoke(new ObjectName(SYNC), name, arguments, signature);
        } catch (Exception e) {
            throw new AssertionError(name, e);
        }
    }
}
