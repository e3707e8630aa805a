package dev.caravan.routes;

import dev.caravan.feed.Feed;
import dev.caravan.feed.property.FeedProperties;
import dev.caravan.ledger.Ledger;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/**
 * One instance of Caravan in this JVM: the shipped {@code application.properties} and routes that load files, with buckets, queues and
 * tables of its own in the shared sandbox. Two of these on one {@link Landing} and table prefix are two
 * instances.
 */
public final class Pipeline implements AutoCloseable {
    private final Main main = new Main();
    private Path folder = Path.of("routes");
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> beans = new ArrayList<>();
    private final List<String> routes = new ArrayList<>(List.of(
            "s3-to-redshift/receive",
            "s3-to-redshift/batch",
            "s3-to-redshift/park",
            "s3-to-redshift/errors",
            "load/load",
            "load/copy",
            "load/skipped",
            "load/errors",
            "tell/notify",
            "tell/announce",
            "tell/tell",
            "tell/errors",
            "table-to-redshift/sync",
            "table-to-redshift/plan-sync",
            "table-to-redshift/extract-table",
            "table-to-redshift/finish-sync",
            "table-to-redshift/end-sync",
            "table-to-redshift/errors",
            "redshift-to-postgres/mirror",
            "redshift-to-postgres/run-mirror",
            "redshift-to-postgres/compare",
            "redshift-to-postgres/unload",
            "redshift-to-postgres/apply",
            "redshift-to-postgres/end-mirror",
            "redshift-to-postgres/errors"));

    public Pipeline(Landing landing, String tablePrefix) {
        Map<String, String> environment = SharedSandbox.get().environment();
        properties.put("caravan.queue", landing.queueName());
        properties.put("caravan.dead-letter-queue", landing.deadLetterQueueName());
        properties.put("caravan.manifest-prefix", landing.manifestBucket() + "/manifests");
        properties.put("caravan.loaded-topic", landing.loadedTopicArn());
        properties.put("caravan.failed-topic", landing.failedTopicArn());
        properties.put("caravan.ledger.table-prefix", tablePrefix);
        properties.put("caravan.ledger.scan-interval", "200ms");
        properties.put("caravan.s3.path-style", "true");
        properties.put("caravan.redshift.url", environment.getOrDefault("CARAVAN_REDSHIFT_URL", ""));
        properties.put("caravan.redshift.user", environment.getOrDefault("CARAVAN_REDSHIFT_USER", ""));
        properties.put("caravan.redshift.password", environment.getOrDefault("CARAVAN_REDSHIFT_PASSWORD", ""));
        properties.put("caravan.receive-wait-seconds", "1");
        properties.put("camel.management.enabled", "false");
        properties.put("camel.main.shutdownTimeout", "5");
    }

    /** Overrides a property of {@code application.properties}. */
    public Pipeline with(String key, String value) {
        properties.put(key, value);
        return this;
    }

    /** Adds a feed; {@code properties} as in YAML, key and value in turns. */
    public Pipeline feed(String name, String... feedProperties) {
        Feed feed = new Feed();
        feed.set("iamRole", "default");
        for (int i = 0; i < feedProperties.length; i += 2) {
            set(feed, feedProperties[i], feedProperties[i + 1]);
        }
        main.bind(name, feed);
        return this;
    }

    /** Adds a sync; {@code properties} as in YAML, key and value in turns. */
    public Pipeline sync(String name, String... syncProperties) {
        TableSync sync = new TableSync();
        for (int i = 0; i < syncProperties.length; i += 2) {
            sync.set(syncProperties[i], syncProperties[i + 1]);
        }
        main.bind(name, sync);
        return this;
    }

    /** Adds a mirror; {@code properties} as in YAML, key and value in turns. */
    public Pipeline mirror(String name, String... mirrorProperties) {
        TableMirror mirror = new TableMirror();
        for (int i = 0; i < mirrorProperties.length; i += 2) {
            mirror.set(mirrorProperties[i], mirrorProperties[i + 1]);
        }
        main.bind(name, mirror);
        return this;
    }

    /** Adds a shipped route of another folder, for example {@code housekeeping/housekeeping}. */
    public Pipeline also(String routeFile) {
        routes.add(routeFile);
        return this;
    }

    /** Adds a file of beans that isn't shipped. */
    public Pipeline beans(Path yaml) {
        beans.add("file:" + yaml);
        return this;
    }

    /** Takes the routes from a copy of {@code routes/}, and takes up what is edited there. */
    public Pipeline reloading(Path copy) {
        folder = copy;
        return with("caravan.reload", "true").with("camel.main.routesReloadDirectory", copy.toString());
    }

    /** Leaves shipped routes out; {@code instead} may stand in for them. */
    public Pipeline without(String... routeFiles) {
        Arrays.asList(routeFiles).forEach(out -> routes.removeIf(route -> route.endsWith("/" + out)));
        return this;
    }

    public Pipeline instead(RoutesBuilder builder) {
        main.configure().addRoutesBuilder(builder);
        return this;
    }

    /** Starts it. */
    public Pipeline start() {
        main.setDefaultPropertyPlaceholderLocation("file:application.properties");
        properties.forEach(main::addOverrideProperty);
        main.addOverrideProperty(
                "camel.main.routesIncludePattern",
                String.join(
                        ",",
                        Stream.concat(
                                        routes.stream().map(route -> "file:" + folder + "/" + route + ".camel.yaml"),
                                        beans.stream())
                                .peek(Pipeline::mustExist)
                                .toList()));
        main.start();
        return this;
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    public Ledger ledger() {
        return context().getRegistry().lookupByNameAndType("ledger", Ledger.class);
    }

    public ProducerTemplate template() {
        return context().createProducerTemplate();
    }

    @Override
    public void close() {
        main.stop();
    }

    private static void mustExist(String location) {
        if (!Files.exists(Path.of(location.substring("file:".length())))) {
            throw new IllegalArgumentException(location + " doesn't exist");
        }
    }

    private static void set(Feed feed, String property, @Nullable String value) {
        if (FeedProperties.ALL.named(property).isEmpty()) {
            throw new IllegalArgumentException("Feed has no property " + property);
        }
        feed.set(property, value == null ? "" : value);
    }
}
