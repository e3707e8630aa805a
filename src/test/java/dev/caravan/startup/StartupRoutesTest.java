package dev.caravan.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caravan.sandbox.RouteFolders;
import dev.caravan.startup.check.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with routes and beans is told at start, with file and line. */
class StartupRoutesTest extends ConfiguredStart {
    @Test
    void aFeedWithTheNameOfAnother_orOfABeanOfCaravansOwn_isOneSentence() throws Exception {
        feeds(GOOD_FEED);
        Files.writeString(folder.resolve("more.camel.yaml"), GOOD_FEED.replace("landing/web/", "landing/more/"));
        assertThat(faults())
                .containsExactly(
                        folder.resolve("feeds.camel.yaml") + ", line 2: the name 'web' is there twice: here it is a"
                                + " feed's, and a feed's in " + folder.resolve("more.camel.yaml")
                                + ", line 2: give one of them another name");
        Files.delete(folder.resolve("more.camel.yaml"));
        feeds(GOOD_FEED.replace("name: web", "name: ledger"));
        assertThat(faults())
                .containsExactly(folder.resolve("feeds.camel.yaml")
                        + ", line 2: a bean of Caravan's own is named 'ledger': give this feed another name");
    }

    @Test
    void aMalformedRouteNamesItsFileAndLine() throws Exception {
        feeds(GOOD_FEED);
        Files.writeString(folder.resolve("broken.camel.yaml"), """
                - route:
                    id: broken
                    from:
                      uri: direct:broken
                      steps:
                        - tu: log:x
                """);
        String words = Problem.inWords(catchThrowable(this::start));
        assertThat(words)
                .contains("broken.camel.yaml")
                .contains("line 6")
                .contains("tu")
                .doesNotContain("\tat ");
    }

    @Test
    void whatCamelMissesOfARouteAndItsErrorHandlingIsAFault_withFileAndLine() throws Exception {
        feeds(GOOD_FEED);
        Files.writeString(folder.resolve("own.camel.yaml"), """
                - routeConfiguration:
                    id: own-errors
                    onException:
                      - onException:
                          exception: [java.lang.Exception]
                          onWhen: {method: {ref: retries, method: mayPas}}
                          redeliveryPolicyRef: seldom
                          handled: {constant: "true"}
                - route:
                    id: own
                    routeConfigurationId: own-erors
                    from:
                      uri: direct:own
                      steps:
                        - to: log:x
                """);
        assertThat(faults())
                .hasSize(3)
                .allMatch(fault -> fault.startsWith(folder.resolve("own.camel.yaml") + ", line "))
                .anyMatch(fault -> fault.contains("no method is named 'mayPas' in Retries: did you mean 'mayPass'?"))
                .anyMatch(fault -> fault.contains("no bean is named 'seldom'"))
                .anyMatch(fault -> fault.contains("there is none: did you mean 'own-errors'?"));
    }

    /** Whoever keeps an errors.camel.yaml of an older version. */
    @Test
    void aRouteConfigurationThatAShippedRouteWantsIsNamed_andWhereToFindIt() throws Exception {
        for (Path file : RouteFolders.files()) {
            String older = Files.readString(file).replace("    id: tell-errors\n", "    id: own-errors\n");
            String name = file.getFileName().toString().replace("errors.", file.getName(1) + "-errors.");
            Files.writeString(folder.resolve(name), older);
        }
        feeds(GOOD_FEED);
        assertThat(faults())
                .containsExactly(folder.resolve("tell.camel.yaml")
                        + ", line 10: route tell asks for route configuration 'tell-errors', and there is none:"
                        + " add 'tell-errors' to errors.camel.yaml, as it stands in the one that comes with this"
                        + " version of Caravan");
    }

    /** Whoever keeps a copy of a shipped file, changed, where it stood in an older version. */
    @Test
    void aRouteThatTwoFilesDefineIsAFault_withBothFiles() throws Exception {
        feeds(GOOD_FEED);
        Path load = Files.createDirectories(folder.resolve("load"));
        Path old = Files.createDirectories(folder.resolve("s3-to-redshift"));
        for (String name : List.of("copy.camel.yaml", "skipped.camel.yaml", "errors.camel.yaml")) {
            Path shipped = Path.of("routes/load").resolve(name);
            Files.copy(shipped, load.resolve(name));
            Files.writeString(old.resolve(name), Files.readString(shipped).replace("id: explain-errors", "id: own"));
        }
        properties.put("camel.main.routesIncludePattern", "file:" + folder + "/**/*.camel.yaml");
        assertThat(faults())
                .containsExactlyInAnyOrder(
                        load.resolve("copy.camel.yaml") + " and " + old.resolve("copy.camel.yaml")
                                + " both define route copy: keep one of the two files, with your changes in it",
                        load.resolve("skipped.camel.yaml") + " and " + old.resolve("skipped.camel.yaml")
                                + " both define route skipped: keep one of the two files, with your changes in it",
                        load.resolve("errors.camel.yaml") + " and " + old.resolve("errors.camel.yaml")
                                + " both define route configurations load-errors, copy-errors, skipped-errors,"
                                + " search-errors: keep one of the two files, with your changes in it");
    }

    @Test
    void aRouteThatCantBeCreatedIsOneLine() throws Exception {
        feeds(GOOD_FEED);
        Files.writeString(folder.resolve("own.camel.yaml"), """
                - route:
                    id: own
                    from:
                      uri: direct:own
                      steps:
                        - to: log:x
                        - bean: {ref: copyStep, method: load}
                """);
        assertThat(faults())
                .containsExactly(folder.resolve("own.camel.yaml")
                        + ", line 7: route own: no bean is named 'copyStep': did you mean 'copySteps'?");
    }

    @Test
    void aFaultInARouteConfigurationIsToldWithItsOwnFile() throws Exception {
        feeds(GOOD_FEED);
        Files.writeString(folder.resolve("own.camel.yaml"), """
                - route:
                    id: own
                    routeConfigurationId: own-errors
                    from:
                      uri: direct:own
                      steps:
                        - to: log:x
                """);
        Files.writeString(folder.resolve("own-errors.camel.yaml"), """
                - routeConfiguration:
                    id: own-errors
                    onException:
                      - onException:
                          exception: [java.lang.Exception]
                          steps:
                            - bean: {ref: copyStep, method: load}
                """);
        assertThat(faults())
                .containsExactly(folder.resolve("own-errors.camel.yaml")
                        + ", line 5: route own: no bean is named 'copyStep': did you mean 'copySteps'?");
    }
}
