package dev.caravan.routes.mirror;

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
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

/** What Hawtio shows of mirrors, and does to them: the MBeans, on running routes. */
class ManagedMirrorsTest extends MirroringTest {
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

    @Test
    void aMirrorIsPausedResumedRunAndRebased() throws Exception {
        cluster.run("CREATE TABLE " + schema + ".companies (id BIGINT, name VARCHAR(40))");
        cluster.run("INSERT INTO " + schema + ".companies VALUES (1, 'Ant'), (2, 'Bee')");
        target("CREATE TABLE " + schema + ".companies (id bigint PRIMARY KEY, name text)");
        start(
                "description",
                "Companies of the app",
                "schedule",
                "0 0 3 1 1 ?",
                "timeZone",
                "Asia/Tokyo",
                "maxChanges",
                "100%");
        assertThat(attribute("Description")).isEqualTo("Companies of the app");
        assertThat(attribute("From")).isEqualTo("redshift: " + schema + ".companies");
        assertThat(attribute("To")).isEqualTo("app: " + schema + ".companies");
        assertThat(attribute("Schedule")).isEqualTo("0 0 3 1 1 ? (Asia/Tokyo)");
        assertThat(attribute("NextRun").toString()).contains("-12-31T18:00:00Z");
        assertThat(attribute("LastRun")).isEqualTo("");
        assertThat(attribute("Freshness")).isEqualTo(-1L);

        assertThat(operation("pause", "until noon"))
                .startsWith("Mirror " + name + " is paused since ")
                .contains(": until noon");
        assertThat(attribute("Paused")).isEqualTo(true);
        assertThat(attribute("Pause").toString()).endsWith(": until noon");
        assertThat(attribute("NextRun")).isEqualTo("");
        assertThat(operation("mirror")).isEqualTo("mirror " + name + " is paused: caravan resume mirror " + name);
        assertThat(operation("resume")).isEqualTo("Mirror " + name + " goes on");
        assertThat(operation("resume")).isEqualTo("Mirror " + name + " wasn't paused");

        assertThat(operation("mirror")).matches("Run " + name + "-\\d{8}T\\d{6} is asked for");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> attribute("LastStatus").equals("complete"));
        assertThat(attribute("LastInserted")).isEqualTo(2L);
        assertThat(attribute("LastRows")).isEqualTo(2L);
        assertThat((long) attribute("Freshness")).isBetween(0L, 120L);
        assertThat(attribute("Progress")).isEqualTo("");

        cluster.run("DELETE FROM " + schema + ".companies WHERE id = 1");
        String refused = operation("mirror");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> attribute("LastStatus").equals("error"));
        assertThat(attribute("LastReason").toString()).contains("would be deleted (50.0 %)");
        assertThat(operation("mirrorAllowingDeletes"))
                .matches("Run .* is asked for")
                .isNotEqualTo(refused);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> attribute("LastStatus").equals("complete"));
        assertThat(attribute("LastDeleted")).isEqualTo(1L);

        target("UPDATE " + schema + ".companies SET name = 'Spoilt'");
        assertThat(operation("rebase")).matches("Run .* is asked for");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> newest().length == 4 && attribute("LastStatus").equals("complete"));
        assertThat(attribute("LastUpdated")).isEqualTo(1L);
        assertThat(Arrays.stream(newest())
                        .map(run -> run.get("status") + " " + run.get("updated") + " " + run.get("deleted") + " "
                                + run.get("asked")))
                .containsExactly("complete 1 0 rebase", "complete 0 1 any deletes", "error 0 0 ", "complete 0 0 ");
    }

    @Test
    void everyAttributeAndOperationSaysWhatItIs_andTheConsoleMayUseEachOfThem() throws Exception {
        start();
        String policy = new String(
                getClass().getResourceAsStream("/jolokia-access.xml").readAllBytes(), StandardCharsets.UTF_8);
        String ofMirrors = policy.substring(policy.indexOf("dev.caravan:type=mirrors,*"));
        var info = JMX.getMBeanInfo(mirror());
        assertThat(info.getAttributes())
                .isNotEmpty()
                .extracting(MBeanAttributeInfo::getDescription)
                .allMatch(text -> text.contains(" "));
        assertThat(info.getOperations())
                .extracting(MBeanOperationInfo::getName)
                .containsExactlyInAnyOrder("mirror", "mirrorAllowingDeletes", "rebase", "pause", "resume", "runs");
        assertThat(info.getOperations())
                .allMatch(operation -> operation.getDescription().contains(" "))
                .allMatch(operation -> ofMirrors
                        .substring(0, ofMirrors.indexOf("</mbean>"))
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

    private ObjectName mirror() throws MalformedObjectNameException {
        return new ObjectName("dev.caravan:type=mirrors,name=\"" + name + "\"");
    }

    private CompositeData[] newest() {
        return (CompositeData[]) invoke("runs");
    }

    private Object attribute(String attribute) {
        try {
            return JMX.getAttribute(mirror(), attribute);
        } catch (Exception e) {
            throw new AssertionError(attribute, e);
        }
    }

    private String operation(String operation, String... arguments) {
        return String.valueOf(invoke(operation, arguments));
    }

    private Object invoke(String operation, String... arguments) {
        try {
            String[] signature = new String[arguments.length];
            Arrays.fill(signature, String.class.getName());
            return JMX.invoke(mirror(), operation, arguments, signature);
        } catch (Exception e) {
            throw new AssertionError(operation, e);
        }
    }
}
