package dev.caravan.startup;

import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.startup.aws.AwsClients;
import dev.caravan.startup.check.FeedFiles;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.Service;
import org.apache.camel.StartupListener;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.spi.Registry;

/**
 * What every part is put together from.
 *
 * @param context Camel's, not yet started
 * @param settings as {@code application.properties} and the environment say
 * @param clock to the millisecond, as the ledger keeps times
 * @param clients of AWS
 * @param feeds the feed beans
 */
record Core(CamelContext context, Settings settings, Clock clock, AwsClients clients, Feeds feeds) {

    static Core of(CamelContext context) {
        Settings settings = new Settings(context);
        Registry registry = context.getRegistry();
        return new Core(
                context,
                settings,
                Clock.tickMillis(ZoneOffset.UTC),
                new AwsClients(context),
                new Feeds(
                        () -> registry.findByTypeWithName(Feed.class),
                        settings.feedDefaults(),
                        key -> new FeedFiles(context).of(key)));
    }

    /** A bean that routes name. */
    void bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
    }

    /** The data source of a cluster; empty if there is no bean of that name. */
    Optional<DataSource> cluster(String name) {
        return Optional.ofNullable(context.getRegistry().lookupByNameAndType(name, DataSource.class));
    }

    /** Camel's, which {@code /observe/metrics} shows; without it, one that nobody reads. */
    MeterRegistry meters() {
        MeterRegistry camels = context.getRegistry()
                .lookupByNameAndType(MicrometerConstants.METRICS_REGISTRY_NAME, MeterRegistry.class);
        return camels != null ? camels : new CompositeMeterRegistry();
    }

    /** Starts and stops with Camel, after the routes. */
    void service(Service service) {
        try {
            context.addService(service, true, false);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    void onceStarted(StartupListener listener) {
        try {
            context.addStartupListener(listener);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }
}
