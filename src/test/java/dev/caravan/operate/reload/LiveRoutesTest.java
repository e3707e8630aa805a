package dev.caravan.operate.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.feed.Feed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is edited is in force as a whole, or not at all; and what isn't in force is named. */
class LiveRoutesTest {
    private static final String ROUTE = """
            - route:
                id: %s
                from:
                  uri: direct:%s
                  steps:
                    - setBody: {constant: %s}
            """;

    private static final String ERRORS = """
            - routeConfiguration:
                id: errors
                onException:
                  - onException:
                      exception: [java.lang.IllegalStateException]
                      steps:
                        - to: {uri: "%s"}
            """;

    @TempDir
    Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private LiveRoutes live;

    @BeforeEach
    void start() throws Exception {
        context.addComponent("unwilling", new Unwilling());
        write("one", ROUTE.formatted("one", "one", "first"));
        write("two", beans("first") + ROUTE.formatted("two", "two", "first"));
        for (String file : new String[] {"one", "two"}) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveResource(context, "file:" + path(file)));
        }
        context.start();
        live = new LiveRoutes(context, folder);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aGoodEditIsTakenUp_alsoAfterAFaultyOne_andWhatIsNewIsAdded() throws Exception {
        edit("one", ROUTE.formatted("one", "one", "second").replace("setBody", "setBoddy"));
        assertThat(live.faults())
                .containsExactly(
                        path("one") + ", line 6: Unknown node id: setBoddy; until the file is fixed, route one runs as"
                                + " before");
        assertThat(says("one")).isEqualTo("first");
        edit("one", ROUTE.formatted("one", "one", "second"));
        assertThat(live.faults()).isEmpty();
        assertThat(says("one")).isEqualTo("second");

        edit("three", "- route: {");
        assertThat(live.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault)
                        .startsWith(path("three") + ", line ")
                        .endsWith("; until the file is fixed, all runs as before"));
        edit("three", ROUTE.formatted("three", "three", "first"));
        assertThat(live.faults()).isEmpty();
        assertThat(says("three")).isEqualTo("first");
    }

    @Test
    void aPlaceholderWithoutAVariableIsOneSentence() throws Exception {
        edit("one", ROUTE.formatted("one", "one", "'{{env:NOT_THERE}}'"));
        assertThat(live.faults())
                .containsExactly(path("one")
                        + ", line 6: route one: {{env:NOT_THERE}}: there is no environment variable NOT_THERE: set"
                        + " it, or write what stands for it, {{env:NOT_THERE:…}}; until the file is fixed, route one"
                        + " runs as before");
    }

    @Test
    void aFileIsTakenOnlyWhenItStays() throws Exception {
        write("one", ROUTE.formatted("one", "one", "second").substring(0, 40));
        live.look();
        write("one", ROUTE.formatted("one", "one", "second"));
        live.look();
        assertThat(live.faults()).isEmpty();
        assertThat(says("one")).isEqualTo("first");
        live.look();
        assertThat(says("one")).isEqualTo("second");
    }

    @Test
    void aRoutesIdIsItsOwn_inItsFileAndInAllOthers() throws Exception {
        edit("one", ROUTE.formatted("two", "one", "second"));
        assertThat(live.faults())
                .containsExactly(
                        path("one") + ", line 4: route two is defined in " + path("two") + " already: give this one"
                                + " another id, or change it there; until the file is fixed, route one runs as before");
        edit("one", ROUTE.formatted("one", "one", "second") + ROUTE.formatted("one", "other", "third"));
        assertThat(live.faults()).singleElement().asString().contains("a second route one: give each an id of its own");
        assertThat(says("one")).isEqualTo("first");
        assertThat(says("two")).isEqualTo("first");
    }

    @Test
    void whatCamelCantStartChangesNothing_neitherRoutesNorBeans() throws Exception {
        edit("two", beans("second") + ROUTE.formatted("two", "two", "second").replace("direct:two", "unwilling:two"));
        assertThat(live.faults())
                .containsExactly(path("two") + ", line 9: route two: the house is closed; until the file is fixed,"
                        + " route two runs as before");
        assertThat(says("two")).isEqualTo("first");
        assertThat(table()).isEqualTo("public.first");

        edit("two", beans("second") + ROUTE.formatted("renamed", "two", "second"));
        assertThat(live.faults()).singleElement().asString().contains("route renamed: Multiple consumers");
        assertThat(context.getRoutes()).hasSize(2);
        assertThat(says("two")).isEqualTo("first");

        edit("two", beans("second").replace("feed.Feed", "feed.Feeed") + ROUTE.formatted("two", "two", "second"));
        assertThat(live.faults()).singleElement().asString().contains("dev.caravan.feed.Feeed");
        assertThat(table()).isEqualTo("public.first");

        edit("two", beans("second") + ROUTE.formatted("two", "two", "second"));
        assertThat(live.faults()).isEmpty();
        assertThat(says("two")).isEqualTo("second");
        assertThat(table()).isEqualTo("public.second");
    }

    @Test
    void aNewBeanMayBeNamedByANewEndpoint() throws Exception {
        edit("two", """
                - beans:
                    - name: later
                      type: java.util.concurrent.LinkedBlockingQueue
                """ + ROUTE.formatted("two", "two", "second") + "        - to: {uri: 'seda:later?queue=#later'}\n");
        assertThat(live.faults()).isEmpty();
        assertThat(context.getRoute("two").getEventDrivenProcessors()).hasSize(2);
    }

    @Test
    void aRouteWithAFaultInItsConfigurationIsNotTouched() throws Exception {
        edit("errors", ERRORS.formatted("direct:one"));
        edit(
                "one",
                ROUTE.formatted("one", "one", "second").replace("from:", "routeConfigurationId: errors\n    from:"));
        assertThat(live.faults()).isEmpty();
        Route running = context.getRoute("one");
        edit("errors", ERRORS.formatted("dirct:one"));
        assertThat(live.faults())
                .containsExactly(path("errors") + ", line 5: route one: no component is named 'dirct': did you mean"
                        + " 'direct'?; until the file is fixed, all runs as before");
        assertThat(context.getRoute("one")).isSameAs(running);
    }

    @Test
    void whatIsGoneOrEmptyRunsOn() throws Exception {
        edit("one", "");
        assertThat(says("one")).isEqualTo("first");
        Files.delete(path("two"));
        live.look();
        live.look();
        assertThat(says("two")).isEqualTo("first");
        edit("one", ROUTE.formatted("one", "one", "second"));
        assertThat(says("one")).isEqualTo("second");
    }

    @Test
    void aShippedRouteThatIsEmptyIsNamed() throws Exception {
        edit("copy", ROUTE.formatted("copy", "copy", "first"));
        assertThat(says("copy")).isEqualTo("first");
        edit("copy", "# later\n");
        assertThat(live.faults())
                .containsExactly(path("copy")
                        + " is empty: bring it back; route copy runs as before, and would be missing after a"
                        + " restart");
        edit("copy", ROUTE.formatted("copy", "copy", "first"));
        assertThat(live.faults()).isEmpty();
    }

    private static String beans(String text) {
        return """
                - beans:
                    - name: web
                      type: dev.caravan.feed.Feed
                      properties:
                        table: public.%s
                """.formatted(text);
    }

    private String table() {
        return context.getRegistry().lookupByNameAndType("web", Feed.class).table();
    }

    private String says(String route) {
        return context.createFluentProducerTemplate().to("direct:" + route).request(String.class);
    }

    private void edit(String name, String text) throws IOException {
        write(name, text);
        live.look();
        live.look();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(path(name), text);
    }

    private Path path(String name) {
        return folder.resolve(name + ".camel.yaml");
    }

    /** Its consumers never start. */
    private static final class Unwilling extends DefaultComponent {
        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    return new DefaultConsumer(this, processor) {
                        @Override
                        protected void doStart() {
                            throw new IllegalStateException("the house is closed");
                        }
                    };
                }
            };
        }
    }
}
