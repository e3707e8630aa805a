package dev.caravan.startup;

import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.DynamoDbLedger;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerReader;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Registry;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * What the application would be that is started in this folder, without starting it: its settings and AWS clients, but no route
 * is started, no console, no thread. Commands work with this.
 */
public final class Installation implements AutoCloseable {
    /** Where the application finds its properties, whoever asks. */
    public static final String PROPERTIES =
            "file:application.properties;optional=true,classpath:application.properties;optional=true";

    private static final Map<String, String> NOTHING_RUNS = Map.of(
            "camel.main.routesReloadEnabled", "false",
            "camel.main.configurationClasses", NoBeans.class.getName(),
            "camel.management.enabled", "false");

    private final Main main;
    private final Settings settings;
    private final AwsClients clients;
    private final List<SdkAutoCloseable> opened = new ArrayList<>();

    private Installation(Main main) {
        this.main = main;
        this.settings = new Settings(main.getCamelContext());
        this.clients = new AwsClients(main.getCamelContext());
    }

    /** Reads the configuration as the application would; throws Camel's exceptions for a file that can't be understood. */
    public static Installation open() {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation(PROPERTIES);
        NOTHING_RUNS.forEach(main::addOverrideProperty);
        main.init();
        return new Installation(main);
    }

    public Settings settings() {
        return settings;
    }

    public AwsClients clients() {
        return clients;
    }

    /** The feeds of this folder's routes. */
    public Feeds feeds() {
        Registry registry = main.getCamelContext().getRegistry();
        return new Feeds(() -> registry.findByTypeWithName(Feed.class), settings.feedDefaults());
    }

    /** What the ledger has to tell people. */
    public LedgerReader reader() {
        DynamoDbClient client = clients.dynamoDb();
        opened.add(client);
        return new LedgerReader(client, settings.ledger());
    }

    /** The ledger that the settings name, whose tables need not be there; usable until this is closed. */
    public Ledger ledger() {
        DynamoDbClient client = clients.dynamoDb();
        opened.add(client);
        return new DynamoDbLedger(client, settings.ledger(), Clock.tickMillis(ZoneOffset.UTC));
    }

    /** Asks AWS whether it has what the settings name. */
    public AwsCheck check() {
        return new AwsCheck(clients, Duration.ZERO);
    }

    @Override
    public void close() {
        opened.forEach(SdkAutoCloseable::close);
        main.getCamelContext().stop();
    }

    /** In the place of {@link CaravanConfiguration}. */
    public static final class NoBeans implements CamelConfiguration {
        @Override
        public void configure(CamelContext context) {
            // nothing is started that could need them
        }
    }
}
