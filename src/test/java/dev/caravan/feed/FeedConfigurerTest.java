package dev.caravan.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.base.Fault;
import dev.caravan.feed.property.FeedProperties;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

class FeedConfigurerTest {
    @Test
    void everyPropertyCanBeAskedForByItsName() {
        assertThat(Arrays.stream(Feed.class.getMethods()).map(Method::getName))
                .containsAll(without("prefix", FeedProperties.ALL.names()));
        assertThat(FeedProperties.ALL.names())
                .allMatch(name -> new FeedConfigurer().getOptionType(name, false) != null);
    }

    @Test
    void aYamlBeanWithGoodPropertiesBecomesAFeed() throws Exception {
        Feed feed = load("""
                prefix: landing/in/web/
                table: public.web_log
                format: JSON 'auto ignorecase'
                copyOptions: GZIP TIMEFORMAT 'auto'
                batch-size: 250
                batchTimeout: 30s
                """);
        assertThat(feed.faults()).isEmpty();
        assertThat(feed.keyPrefix()).isEqualTo("in/web/");
        assertThat(feed.format().argument()).isEqualTo("auto ignorecase");
        assertThat(feed.copyOptions()).isEqualTo("GZIP TIMEFORMAT 'auto'");
        assertThat(feed.batchSize()).isEqualTo(250);
    }

    @Test
    void allFaultsOfAYamlBeanAreCollected() throws Exception {
        Feed feed = load("""
                prefix: landing/in/web/
                table: public.web-log
                batchsise: 100
                batchTimeout: soon
                colour: green
                """);
        assertThat(feed.faults())
                .extracting(Fault::key)
                .containsExactly("batchTimeout", "batchsise", "colour", "table");
        assertThat(feed.faults())
                .extracting(Fault::advice)
                .contains("unknown property 'batchsise'; did you mean 'batchSize'?")
                .anyMatch(advice -> advice.startsWith(
                        "unknown property 'colour'; a feed has accessKeyId, allowedTables, batchBytes"));
    }

    @Test
    void aSecretComesFromAPlaceholder_andAMisspeltOneIsNotShown() throws Exception {
        String key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        System.setProperty("web.key", key);
        try {
            assertThat(load("masterSymmetricKey: '{{sys:web.key}}'\n").masterSymmetricKey())
                    .contains(key);
            assertThat(load("masterSymetricKey: '{{sys:web.key}}'\n").faults())
                    .singleElement()
                    .hasToString(
                            "masterSymetricKey: unknown property 'masterSymetricKey'; did you mean 'masterSymmetricKey'?");
            assertThat(load("masterSymmetricKey:\n  of: '" + key + "'\n").faults())
                    .isNotEmpty()
                    .noneMatch(fault -> fault.toString().contains(key));
        } finally {
            System.clearProperty("web.key");
        }
    }

    @Test
    void partsOfAPropertyAreFaultsToo() throws Exception {
        Feed feed = load("""
                prefix: landing/in/web/
                table: public.web_log
                copyOptions:
                  IGNOREHEADER: 1
                colour:
                  of: grass
                clusters[0]: analytics
                """);
        assertThat(feed.faults())
                .extracting(Fault::key)
                .containsExactly("clusters.0", "colour.of", "copyOptions.IGNOREHEADER");
    }

    @Test
    void aListIsRefusedByCamelItselfWithFileAndLine() {
        assertThatThrownBy(() -> load("clusters:\n  - analytics\n  - archive\n"))
                .rootCause()
                .hasMessageContaining("feeds.camel.yaml, line 6");
    }

    @Test
    void simpleReadsAFeedsPropertiesByTheirNames() throws Exception {
        CamelContext camel = new DefaultCamelContext();
        try {
            camel.start();
            Feed feed = new Feed();
            feed.set("batchSize", "7");
            feed.set("batchBytes", "1KB");
            feed.set("batchTimeout", "5m");
            var exchange = new DefaultExchange(camel);
            exchange.setProperty("feed", feed);
            var simple = camel.resolveLanguage("simple");
            assertThat(simple.createExpression("${exchangeProperty.feed.batchSize}")
                            .evaluate(exchange, Integer.class))
                    .isEqualTo(7);
            assertThat(simple.createExpression("${exchangeProperty.feed.batchBytes}")
                            .evaluate(exchange, Long.class))
                    .isEqualTo(1024);
            assertThat(simple.createExpression("${exchangeProperty.feed.batchTimeout.toMillis}")
                            .evaluate(exchange, Long.class))
                    .isEqualTo(300_000);
        } finally {
            camel.stop();
        }
    }

    /** The prefix is asked for in two parts, bucket and keyPrefix. */
    private static Set<String> without(String name, Set<String> names) {
        Set<String> others = new TreeSet<>(names);
        others.remove(name);
        return others;
    }

    private static Feed load(String properties) throws Exception {
        String yaml = "- beans:\n    - name: web\n      type: dev.caravan.feed.Feed\n      properties:\n"
                + properties.indent(8);
        CamelContext camel = new DefaultCamelContext();
        try {
            camel.start();
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("feeds.camel.yaml", yaml));
            Map<String, Feed> feeds = camel.getRegistry().findByTypeWithName(Feed.class);
            assertThat(feeds).containsOnlyKeys("web");
            return feeds.values().iterator().next();
        } finally {
            camel.stop();
        }
    }
}
