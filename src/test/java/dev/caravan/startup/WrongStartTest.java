package dev.caravan.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.startup.WrongStart.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that can't be what is meant ends with exit code 1, and the last that a person reads is why: every fault, with its place, and what to do. */
class WrongStartTest {
    private static final String FEEDS = "routes/feeds.camel.yaml";
    private static final String RECEIVE = "routes/s3-to-redshift/receive.camel.yaml";

    /** After SIGTERM. */
    private static final int STOPPED = 143;

    @TempDir
    Path folder;

    @Test
    void whereThePortIsTaken_itSaysSo_andWithWhichSettingToChooseAnother() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            assertFaults(
                    WrongStart.in(folder).variable("CARAVAN_CONSOLE_PORT", port).start(),
                    "application.properties: caravan.console.port = " + port
                            + ": another process listens at 127.0.0.1:" + port
                            + " already, perhaps another Caravan: stop it, or choose another port here, or with"
                            + " CARAVAN_CONSOLE_PORT");
        }
    }

    @Test
    void inAFolderWithoutSettings_itNamesTheFolder_andWhereToStart() throws Exception {
        String sentence = "application.properties: there is none in " + folder.toRealPath()
                + ": start Caravan in the folder that has application.properties and routes/";
        assertFaults(WrongStart.inWhatever(folder).start(), sentence);
        assertThat(WrongStart.inWhatever(folder).start("status"))
                .isEqualTo(new Ended(1, List.of("caravan: 1 fault in its configuration:", "  - " + sentence)));
    }

    @Test
    void inAFolderWithoutRoutes_itNamesTheFolder() throws Exception {
        WrongStart start = WrongStart.inWhatever(folder).file("application.properties", WrongStart.shipped());
        assertFaults(
                start.start(),
                "application.properties: camel.main.routesIncludePattern = file:routes/*.camel.yaml,file:routes/**/*.camel.yaml:"
                        + " there is no such file in " + folder.toRealPath()
                        + ": start Caravan in the folder that has routes/, or correct the pattern");
    }

    @Test
    void whateverIsMisspelt_isToldAtOnce_andNoValue() throws Exception {
        Ended ended = WrongStart.in(folder)
                .setting("caravan.load.retryfor=hunter2")
                .setting("caravn.queue=hunter2")
                .setting("camel.main.shutdownTimeot=20")
                .setting("camel.mian.name=caravan")
                .setting("camel.threadpool.config[load].poolSise=4")
                .setting("camel.beans.redshift.maximumPoolsizes=4")
                .setting("camel.component.aws2-sqs.useDefaultCredentialProvider=true")
                .setting("camel.component.aws2-sqs.autowiredEnable=false")
                .variable("CARAVAN_MANIFSET_PREFIX", "hunter2")
                .replaced(FEEDS, "batchSize: 10 ", "batchsise: 10 ")
                .start();
        assertFaults(
                ended,
                "application.properties: camel.main.shutdownTimeot: Camel has no such setting: did you mean"
                        + " 'camel.main.shutdownTimeout'?",
                "application.properties: camel.mian.name: Camel has no settings that begin so: did you mean 'camel.main'?",
                "application.properties: camel.threadpool.config[load].poolSise: Camel has no such setting: did you mean"
                        + " 'camel.threadpool.config[load].poolSize'?",
                "application.properties: camel.component.aws2-sqs.useDefaultCredentialProvider: component aws2-sqs has no such"
                        + " option: did you mean 'useDefaultCredentialsProvider'?",
                "application.properties: camel.component.aws2-sqs.autowiredEnable: component aws2-sqs has no such option: did you"
                        + " mean 'autowiredEnabled'?",
                "application.properties: camel.beans.redshift.maximumPoolsizes: com.zaxxer.hikari.HikariDataSource has no such"
                        + " property: did you mean 'maximumPoolSize'?",
                "application.properties: caravan.load.retryfor: Caravan has no such setting, and no placeholder names it: did"
                        + " you mean 'caravan.load.retry-for'?",
                "application.properties: caravn.queue: nothing reads it: did you mean 'caravan.queue'?",
                "the environment: CARAVAN_MANIFSET_PREFIX: Caravan has no such setting: did you mean"
                        + " 'CARAVAN_MANIFEST_PREFIX'?",
                FEEDS + ", line " + line(FEEDS, "batchSize: 10 ")
                        + ": flights.batchsise = 10: unknown property 'batchsise'; did you mean 'batchSize'?");
        assertThat(String.join("\n", ended.lines())).doesNotContain("hunter2");
    }

    @Test
    void aClusterWhosePasswordIsNotThere_isOneFault() throws Exception {
        assertFaults(
                WrongStart.in(folder)
                        .setting("caravan.redshift.password={{env:NOT_THERE}}")
                        .start(),
                "application.properties: caravan.redshift.password = {{env:NOT_THERE}}: there is no environment variable"
                        + " NOT_THERE: set it, or write what stands for it, {{env:NOT_THERE:…}}");
    }

    @Test
    void classesAndPlaceholdersThatAreNotThere_areToldTogether_withTheirLines() throws Exception {
        WrongStart start = WrongStart.in(folder)
                .replaced("application.properties", "hikari.HikariDataSource", "hikari.HikariDatasource")
                .setting("caravan.failed-topic={{env:NOT_THERE}}")
                .replaced(RECEIVE, "{{caravan.queue}}", "{{caravan.queu}}")
                .replaced(
                        FEEDS,
                        "- name: weather\n      type: dev.caravan.feed.Feed",
                        "- name: weather\n      type: dev.caravan.feed.Fed");
        String[] faults = {
            "application.properties: camel.beans.redshift: redshift: there is no class com.zaxxer.hikari.HikariDatasource: did you"
                    + " mean 'com.zaxxer.hikari.HikariDataSource'?",
            "application.properties: caravan.failed-topic = {{env:NOT_THERE}}: there is no environment variable NOT_THERE: set"
                    + " it, or write what stands for it, {{env:NOT_THERE:…}}",
            FEEDS + ", line " + (line(FEEDS, "- name: weather") + 1)
                    + ": weather: there is no class dev.caravan.feed.Fed: did you mean" + " 'dev.caravan.feed.Feed'?",
            RECEIVE + ", line " + line(RECEIVE, "{{caravan.queue}}")
                    + ": {{caravan.queu}}: there is no such setting: did you mean" + " 'caravan.queue'?"
        };
        assertFaults(start.start(), faults);
        Ended command = start.start("status");
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.lines().get(0)).isEqualTo("caravan: 4 faults in its configuration:");
        assertThat(command.lines().stream().skip(1)).containsExactlyInAnyOrder(lines(faults));
    }

    @Test
    void faultsOfSettingsFeedsAndEveryFileOfRoutes_areToldTogether_alsoThoseThatCamelStopsAt() throws Exception {
        String copy = "routes/load/copy.camel.yaml";
        String load = "routes/load/load.camel.yaml";
        String errors = "routes/s3-to-redshift/errors.camel.yaml";
        String tell = "routes/tell/tell.camel.yaml";
        String park = ": no component is named 'dirct': did you mean 'direct'?";
        Ended ended = WrongStart.in(folder)
                .setting("caravan.load.retry-for=soon")
                .setting("caravan.failed-topic={{env:NOT_THERE}}")
                .setting("camel.beans.other=#class:dev.caravan.dataapi.DataApiDatasource")
                .setting("camel.beans.other.database=dev")
                .replaced(FEEDS, "batchSize: 10 ", "batchSize: none ")
                .replaced(copy, "ref: evolutionSteps", "ref: evolutionStep")
                .replaced(errors, "uri: direct:park", "uri: dirct:park")
                .replaced(load, "- bean:", "- baen:")
                .replaced(tell, "- route:", "- route: [")
                .start();
        assertFaults(
                ended,
                "application.properties: caravan.failed-topic = {{env:NOT_THERE}}: there is no environment variable NOT_THERE: set"
                        + " it, or write what stands for it, {{env:NOT_THERE:…}}",
                "application.properties: camel.beans.other: other: there is no class dev.caravan.dataapi.DataApiDatasource: did"
                        + " you mean 'dev.caravan.dataapi.DataApiDataSource'?",
                "application.properties: caravan.load.retry-for = soon: write a number and a unit: 500ms, 30s, 5m, 1h or 1d",
                FEEDS + ", line " + line(FEEDS, "batchSize: 10 ")
                        + ": flights.batchSize = none: write a whole number of files from 1 to 100000, for example 100, or auto",
                load + ", line " + line(load, "- bean:") + ": Unknown node id: baen",
                tell + ", line " + (line(tell, "- route:") + 2)
                        + ": expected ',' or ']', but got :, while parsing a flow sequence",
                copy + ", line " + line(copy, "ref: evolutionSteps")
                        + ": route copy: no bean is named 'evolutionStep': did you mean 'evolutionSteps'?",
                errors + ", line " + line(errors, "id: unreadable-event") + ": route receive" + park,
                errors + ", line " + line(errors, "id: unmatched-object") + ": route batch" + park);
    }

    @Test
    void aFeedAndAClusterOfOneName_areOneSentence_withBothPlaces() throws Exception {
        assertFaults(
                WrongStart.in(folder)
                        .replaced(FEEDS, "name: weather", "name: redshift")
                        .start(),
                "application.properties: camel.beans.redshift: the name 'redshift' is there twice: here it is a cluster's, and a"
                        + " feed's in " + FEEDS + ", line " + line(FEEDS, "- name: weather")
                        + ": give one of them another name");
    }

    @Test
    void aFileOfAnOlderVersion_besideTheOneThatHasItsRouteNow_isOneSentence() throws Exception {
        String old = "routes/s3-to-redshift/tell.camel.yaml";
        String sentence =
                old + " and routes/tell/tell.camel.yaml both define route tell: keep one of the two files, with"
                        + " your changes in it";
        assertFaults(
                WrongStart.in(folder)
                        .file(old, Files.readString(Path.of("routes/tell/tell.camel.yaml")))
                        .start(),
                sentence);
    }

    @Test
    void aStopWhileItIsStillStartingIsOneLine_withTheExitCodeOfAStop() throws Exception {
        WrongStart start = WrongStart.in(folder);
        Ended early = start.stopAt(" is starting: ");
        assertThat(early.lines()).hasSize(2);
        assertThat(early.lines().get(1)).endsWith(" INFO  Application: Stopping, before all has started");
        assertThat(early.exitCode()).isEqualTo(STOPPED);

        Ended late = start.stopAt(" INFO  Hawtio: ");
        assertThat(late.lines()).noneMatch(line -> line.contains("ERROR") || line.contains("Waited"));
        assertThat(late.exitCode()).isEqualTo(STOPPED);
    }

    @Test
    void whatAVariableSaysIsAFaultOfThatVariable() throws Exception {
        assertFaults(
                WrongStart.in(folder)
                        .setting("caravan.reload=maybe")
                        .variable("CARAVAN_UNMATCHED", "maybe")
                        .variable("CARAVAN_LEDGER_KEEP", "long")
                        .variable("CARAVAN_COPY_CREDENTIALS", "rolle")
                        .start(),
                "application.properties: caravan.reload = maybe: write true or false",
                "the environment, CARAVAN_UNMATCHED: caravan.unmatched = maybe: write park or ignore",
                "the environment, CARAVAN_LEDGER_KEEP: caravan.ledger.keep = long: write a number and a unit: 500ms, 30s, 5m, 1h or"
                        + " 1d",
                "the environment, CARAVAN_COPY_CREDENTIALS: caravan.copy-credentials = rolle: write role, session or keys; did you"
                        + " mean 'role'?");
    }

    /** These and nothing else, with exit code 1; what came before is no noise. */
    private static void assertFaults(Ended ended, String... faults) {
        assertThat(ended.reason()).as(String.join("\n", ended.lines())).isNotEmpty();
        assertThat(ended.reason().get(0))
                .as(String.join("\n", ended.reason()))
                .isEqualTo("Caravan can't start, " + (faults.length == 1 ? "1 fault" : faults.length + " faults")
                        + " in its configuration:");
        assertThat(ended.reason().stream().skip(1)).containsExactlyInAnyOrder(lines(faults));
        assertThat(ended.before())
                .allMatch(line -> line.contains(" INFO  Caravan: Caravan ")
                        || line.contains(" INFO  LedgerTables: Creating DynamoDB table "));
        assertThat(ended.exitCode()).isEqualTo(1);
    }

    /** The number of the first line of a shipped file that holds a text. */
    private static int line(String file, String text) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(file));
        int index = 0;
        while (!lines.get(index).contains(text)) {
            index++;
        }
        return index + 1;
    }

    private static String[] lines(String... faults) {
        return List.of(faults).stream().map(fault -> "  - " + fault).toArray(String[]::new);
    }
}
