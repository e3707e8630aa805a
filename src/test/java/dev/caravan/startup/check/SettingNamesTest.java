package dev.caravan.startup.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No name that anything reads is taken for misspelt, and what nothing reads is found out. */
class SettingNamesTest {
    private final CamelContext context = new DefaultCamelContext();

    @Test
    void theyAreThoseOfTheShippedSettings() throws IOException {
        assertThat(SettingNames.ALL)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(shipped().stringPropertyNames().stream()
                        .filter(key -> key.startsWith(SettingNames.PREFIX))
                        .toList());
    }

    /** In strings, and in placeholders of routes; metrics have names of the same kind. */
    @Test
    void theyAreAllThatCodeAndRoutesRead() throws IOException {
        Set<String> read = new TreeSet<>();
        for (String folder : new String[] {"src/main/java", "routes"}) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().matches(".*(Meters|Gauges|Gauge)\\.java"))
                        .toList()) {
                    Pattern.compile(
                                    folder.equals("routes")
                                            ? "\\{\\{(caravan\\.[a-z.-]+)(?::[^}]*)?}}"
                                            : "(?:text|Property\\.of)\\(\\s*\"(caravan\\.[a-z.-]+)\"")
                            .matcher(Files.readString(file))
                            .results()
                            .forEach(setting -> read.add(setting.group(1)));
                }
            }
        }
        assertThat(read).hasSizeGreaterThan(20);
        assertThat(SettingNames.ALL).containsAll(read);
    }

    @Test
    void nothingOfTheShippedSettingsIsAFault() throws IOException {
        Properties shipped = shipped();
        WrittenNames names = new WrittenNames(context, shipped.stringPropertyNames(), Set.of());
        assertThat(names.faults("application.properties")).isEmpty();
        Set<String> variables =
                SettingNames.ALL.stream().map(SettingNames::variable).collect(Collectors.toSet());
        assertThat(variables).contains("CARAVAN_DEAD_LETTER_QUEUE", "CARAVAN_LOAD_RETRY_FOR");
        assertThat(names.ofEnvironment(variables)).isEmpty();
        assertThat(names.unread(variables)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.main.shutdown-timeout",
                "camel.main.SHUTDOWNTIMEOUT",
                "camel.threadpool.config[load].keep-alive-time",
                "camel.rest.api-properties[x.y]",
                "camel.component.aws2-sqs.region",
                "camel.component.aws2-sqs.configuration.region",
                "camel.component.aws2-sqs.use-default-credentials-provider",
                "camel.component.not-there.anything",
                "camel.context.anything",
                "camel.variable.mine",
                "camel.jbang.dependencies",
                "mine.as.i.like"
            })
    void whatCamelTakes_orMayTake_isNoFault(String key) {
        assertThat(new WrittenNames(context, Set.of(key), Set.of()).faults("f")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "camel.main.shutdowntimeot | did you mean 'camel.main.shutdownTimeout'?",
                "camel.management.prot | did you mean 'camel.management.port'?",
                "camel.helth.enabled | did you mean 'camel.health'?",
                "camel.main.xyzzyxyzzyxyzzy | Camel has no such setting: correct or delete it",
                "camel.component.aws2-s3.forcePathStile | did you mean 'forcePathStyle'?",
                "caravan.dead-leter-queue | did you mean 'caravan.dead-letter-queue'?",
                "caravan.xyzzyxyzzy | no such setting, and no placeholder names it: correct or delete it"
            })
    void whatNothingReadsIsAFault_withWhatWasProbablyMeant(String key, String sentence) {
        assertThat(new WrittenNames(context, Set.of(key), Set.of()).faults("f"))
                .singleElement()
                .asString()
                .startsWith("f: " + key + ": ")
                .endsWith(sentence);
    }

    @Test
    void aPersonsOwnSettingsAreThoseThatPlaceholdersName() {
        WrittenNames names = new WrittenNames(
                context,
                Set.of("caravan.warehouse.url", "caravan.warehouse.usr"),
                Set.of("caravan.warehouse.url", "env:CARAVAN_X"));
        assertThat(names.faults("f")).singleElement().asString().startsWith("f: caravan.warehouse.usr: ");
        assertThat(names.ofEnvironment(Set.of("CARAVAN_WAREHOUSE_URL", "CARAVAN_X")))
                .isEmpty();
        assertThat(names.unread(Set.of("CARAVAN_WAREHOUSE_URL", "CARAVAN_X"))).isEmpty();
        assertThat(names.ofEnvironment(Set.of("CARAVAN_WAREHOUSE_ULR")))
                .containsExactly("the environment: CARAVAN_WAREHOUSE_ULR: Caravan has no such setting: did you mean"
                        + " 'CARAVAN_WAREHOUSE_URL'?");
    }

    @Test
    void aSettingIsSaidByItsVariable_ifThatIsThere() {
        Set<String> environment = Set.of("CARAVAN_LEDGER_LEASE", "CAMEL_MAIN_NAME");
        assertThat(SettingNames.variableInForce("caravan.ledger.lease", environment))
                .hasValue("CARAVAN_LEDGER_LEASE");
        assertThat(SettingNames.variableInForce("caravan.ledger.keep", environment))
                .isEmpty();
        assertThat(SettingNames.variableInForce("camel.main.name", environment)).isEmpty();
    }

    @Test
    void aVariableThatCamelWouldRefuseIsAFault() {
        WrittenNames names = new WrittenNames(context, Set.of(), Set.of());
        assertThat(names.ofEnvironment(Set.of("CAMEL_MAIN_SHUTDOWNTIMEOT", "CAMEL_MAIN_SHUTDOWN_TIMEOUT")))
                .singleElement()
                .asString()
                .startsWith("the environment: CAMEL_MAIN_SHUTDOWNTIMEOT: Camel has no such setting: did you mean");
    }

    @Test
    void variablesThatResembleNoSettingAreOnlyTold_andThoseOfKubernetesNotEvenThat() {
        WrittenNames names = new WrittenNames(context, Set.of(), Set.of());
        Set<String> variables = Set.of(
                "CARAVAN_HOME",
                "CARAVAN_PORT",
                "CARAVAN_PORT_9876_TCP_ADDR",
                "CARAVAN_SERVICE_HOST",
                "CARAVAN_SERVICE_PORT_HTTP",
                "CARAVAN_METRICS_SERVICE_PORT",
                "CARAVAN_METRICS_PORT_80_TCP",
                "PATH");
        assertThat(names.ofEnvironment(variables)).isEmpty();
        assertThat(names.unread(variables)).containsExactly("CARAVAN_HOME");
    }

    private static Properties shipped() throws IOException {
        Properties shipped = new Properties();
        try (var in = Files.newInputStream(Path.of("application.properties"))) {
            shipped.load(in);
        }
        return shipped;
    }
}
