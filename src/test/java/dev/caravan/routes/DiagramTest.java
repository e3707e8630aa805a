package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** What Hawtio draws: each route as Camel dumps it. Of a route that begins with something else than its {@code from} it can draw nothing, nor of any other then. */
class DiagramTest extends LoadingTest {
    /** Expressions, and what belongs to a step: Hawtio writes it into the step's box. */
    private static final Set<String> NOT_DRAWN = Set.of(
            "constant",
            "simple",
            "method",
            "exchangeProperty",
            "exception",
            "handled",
            "continued",
            "onWhen",
            "correlationExpression",
            "completionPredicate",
            "completionTimeoutExpression",
            "completionSizeExpression");

    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

    @Test
    void everyRouteBeginsWithItsFrom_andEveryStepHasTheNameThatAFileGivesIt() throws Exception {
        CamelContext context = launch(pipeline()
                        .also("housekeeping/housekeeping")
                        .also("housekeeping/reconcile")
                        .with("camel.management.enabled", "true"))
                .context();
        List<RouteFile> routes = RouteFile.shipped();
        assertThat(context.getRoutes()).hasSameSizeAs(routes);
        for (RouteFile route : routes) {
            List<Element> dump = children(dump(context, route.id()));
            assertThat(dump.get(0).getLocalName())
                    .as("what " + route.id() + " begins with")
                    .isEqualTo("from");
            assertThat(dump.stream().flatMap(DiagramTest::ids))
                    .as("steps of " + route.id())
                    .containsExactlyInAnyOrderElementsOf(route.steps());
            assertThat(dump.stream().flatMap(DiagramTest::nameless))
                    .as("what has no name in " + route.id() + ", and Hawtio would make one up for")
                    .isSubsetOf(NOT_DRAWN);
        }
    }

    /** Its steps have names there, and Camel wants names to be one route's; those of what handles errors are everybody's. */
    @Test
    void routesMayShareARouteConfiguration() {
        CamelContext context = launch(
                        pipeline().with("camel.management.enabled", "true").instead(new RouteBuilder() {
                            @Override
                            public void configure() {
                                from("direct:own")
                                        .routeId("own")
                                        .routeConfigurationId("copy-errors")
                                        .to("log:own");
                            }
                        }))
                .context();
        assertThat(List.of("own", "copy"))
                .allMatch(route -> context.getRouteController().getRouteStatus(route) == ServiceStatus.Started);
    }

    private static Element dump(CamelContext context, String route) throws Exception {
        ObjectName name = new ObjectName(
                "org.apache.camel:context=" + context.getManagementName() + ",type=routes,name=\"" + route + "\"");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(
                        new StringReader((String) JMX.invoke(name, "dumpRouteAsXml", new Object[0], new String[0]))))
                .getDocumentElement();
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static Stream<String> nameless(Element step) {
        return Stream.concat(
                Stream.of(step).filter(one -> one.getAttribute("id").isEmpty()).map(Node::getLocalName),
                children(step).stream().flatMap(DiagramTest::nameless));
    }

    private static Stream<String> ids(Element step) {
        return Stream.concat(
                Stream.of(step.getAttribute("id")).filter(id -> !id.isEmpty()),
                children(step).stream().flatMap(DiagramTest::ids));
    }
}
