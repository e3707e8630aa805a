package dev.caravan.startup;

import dev.caravan.base.Fault;
import dev.caravan.dataapi.DataApiDataSource;
import dev.caravan.database.Databases;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.BatchSteering;
import dev.caravan.ledger.ClusterHolds;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbBatchSteering;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.ledger.dynamo.ImportedFiles;
import dev.caravan.ledger.notes.DynamoDbClusterHolds;
import dev.caravan.ledger.notes.DynamoDbFeedPauses;
import dev.caravan.ledger.notes.EventTests;
import dev.caravan.ledger.notes.HeldForAll;
import dev.caravan.ledger.notes.Instances;
import dev.caravan.ledger.notes.QuarantinedBatches;
import dev.caravan.ledger.notes.UnmatchedObjects;
import dev.caravan.ledger.read.FileLookup;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.ledger.read.TableStates;
import dev.caravan.ledger.read.Waits;
import dev.caravan.migrate.lambdaloader.LoaderTables;
import dev.caravan.operate.backfill.FeedListing;
import dev.caravan.operate.steer.Operator;
import dev.caravan.operate.steer.Reprocessor;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorPlanner;
import dev.caravan.pipeline.s3toredshift.AutoBatches;
import dev.caravan.redshift.admission.ClusterSlices;
import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.redshift.copy.HiddenSecrets;
import dev.caravan.redshift.login.ClusterLogins;
import dev.caravan.redshift.login.OwnKeys;
import dev.caravan.s3.listing.S3Listing;
import dev.caravan.startup.aws.AwsCheck;
import dev.caravan.startup.aws.AwsClients;
import dev.caravan.startup.check.ConfigurationFaults;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Registry;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What the application would be that is started in this folder, without starting it: its settings and AWS clients, but no route
 * is started, no console, no thread. Commands work with this.
 */
public final class Installation implements AutoCloseable {
    /** Where the application finds its properties, whoever asks. */
    public static final String PROPERTIES =
            "file:application.properties;optional=true,classpath:application.properties;optional=true";

    private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);

    private final Main main;
    private final Settings settings;
    private final AwsClients clients;
    private final HiddenSecrets secrets;
    private final List<DynamoDbClient> opened = new ArrayList<>();
    private final List<DynamoDbClient> elsewhere = new ArrayList<>();

    private Installation(Main main) {
        this.main = main;
        this.settings = new Settings(main.getCamelContext());
        this.clients = new AwsClients(main.getCamelContext());
        this.secrets = new HiddenSecrets(new OwnKeys(clients::credentials, CLOCK));
        ClusterLogins.prepare(main.getCamelContext(), secrets, settings.loadAtMost());
    }

    /**
     * Reads the configuration as the application would; throws Camel's exceptions for a file that can't be understood.
     *
     * @throws ConfigurationFaults if what is written can't be what is meant
     */
    public static Installation open() {
        return new Installation(QuietMain.read());
    }

    public Settings settings() {
        return settings;
    }

    /** The first fault of the settings that were asked for so far, in whose place their defaults were given. */
    public Optional<Fault> fault() {
        return settings.faults().stream().findFirst();
    }

    public AwsClients clients() {
        return clients;
    }

    /** The feeds of this folder's routes. */
    public Feeds feeds() {
        Registry registry = main.getCamelContext().getRegistry();
        return new Feeds(() -> registry.findByTypeWithName(Feed.class), settings.feedDefaults());
    }

    /** What commands about syncs work with. */
    public SyncTools syncTools() {
        return SyncTools.of(main.getCamelContext(), settings, databases(), this::cluster, dynamoDb(), CLOCK);
    }

    /** What commands about mirrors work with. */
    public MirrorTools mirrorTools() {
        return MirrorTools.of(main.getCamelContext(), settings, databases(), dynamoDb(), CLOCK);
    }

    /** Says what runs of mirrors would do, and whether targets have what was mirrored. */
    public MirrorPlanner mirrorPlanner(S3Client s3) {
        return new MirrorPlanner(this::cluster, settings.clusterSchema(), databases(), s3, secrets, CLOCK);
    }

    private Databases databases() {
        return new Databases(main.getCamelContext(), settings.loadAtMost());
    }

    /** What the ledger has to tell people. */
    public LedgerReader reader() {
        return new LedgerReader(dynamoDb(), settings.ledger());
    }

    /** When batches are complete; answers wait for the ledger and the clusters. */
    public AutoBatches autoBatches() {
        return new AutoBatches(
                reader()::newest,
                reader()::newestComplete,
                new ClusterSlices(this::cluster, CLOCK),
                Runnable::run,
                CLOCK);
    }

    /** Which feeds are paused. */
    public FeedPauses pauses() {
        return new DynamoDbFeedPauses(dynamoDb(), settings.ledger(), CLOCK);
    }

    /** What a person may do to batches; their history says that the user of this process did it. */
    public BatchSteering steering() {
        LedgerSettings own = settings.ledger();
        String who =
                System.getProperty("user.name", "?") + "@" + System.getenv().getOrDefault("HOSTNAME", "caravan");
        return new DynamoDbBatchSteering(
                dynamoDb(), new LedgerSettings(own.tablePrefix(), who, own.lease(), own.keep()), CLOCK);
    }

    /** What a person does to a batch or a feed in one step. */
    public Operator operator() {
        return new Operator(reader(), steering(), pauses(), CLOCK);
    }

    /** Loads failed batches again. */
    public Reprocessor reprocessor() {
        return new Reprocessor(feeds(), ledger(), steering());
    }

    /** Which clusters are held. */
    public ClusterHolds holds() {
        return new DynamoDbClusterHolds(dynamoDb(), settings.ledger(), CLOCK);
    }

    /** The clusters into which nobody loads. */
    public HeldForAll heldForAll() {
        return new HeldForAll(holds(), instances());
    }

    /** What batches wait for now. */
    public Waits waits(Collection<BatchRecord> records) {
        return Waits.of(
                records, heldForAll(), pauses(), settings.noLoadWindows().endAt(CLOCK.instant()));
    }

    /** Which instances run. */
    public Instances instances() {
        return new Instances(dynamoDb(), settings.ledger(), CLOCK);
    }

    /** Which objects no feed wants. */
    public UnmatchedObjects unmatched() {
        return new UnmatchedObjects(dynamoDb(), settings.ledger(), CLOCK);
    }

    /** Which batches have quarantined files. */
    public QuarantinedBatches quarantinedBatches() {
        return new QuarantinedBatches(dynamoDb(), settings.ledger());
    }

    /** The ledger that the settings name, whose tables need not be there; usable until this is closed. */
    public Ledger ledger() {
        return new DynamoDbLedger(dynamoDb(), settings.ledger(), CLOCK);
    }

    /** What the ledger knows of many files at once. */
    public FileLookup fileLookup() {
        return new FileLookup(dynamoDb(), settings.ledger());
    }

    /** Tells the ledger of files that another loader has loaded. */
    public ImportedFiles importedFiles() {
        return new ImportedFiles(dynamoDb(), settings.ledger(), CLOCK);
    }

    /** What S3 has of a feed, with what the ledger knows of it. */
    public FeedListing listing(S3Client s3) {
        return new FeedListing(new S3Listing(s3), fileLookup(), feeds());
    }

    /** Test objects whose events are noted. */
    public EventTests eventTests() {
        return new EventTests(dynamoDb(), settings.ledger(), CLOCK);
    }

    /** Which of the ledger's tables are there. */
    public TableStates tables() {
        return new TableStates(dynamoDb(), settings.ledger());
    }

    /**
     * The AWS loader's tables.
     *
     * @param region where they are, if not where the ledger is
     * @param prefix what their names begin with; usually empty
     */
    public LoaderTables loaderTables(Optional<String> region, String prefix) {
        if (region.isEmpty()) {
            return new LoaderTables(dynamoDb(), prefix);
        }
        DynamoDbClient client = clients.dynamoDbIn(region.get());
        elsewhere.add(client);
        return new LoaderTables(client, prefix);
    }

    /** What a cluster's name leads to; empty if no data source has that name. */
    public Optional<DataSource> cluster(String name) {
        return Optional.ofNullable(main.getCamelContext().getRegistry().lookupByNameAndType(name, DataSource.class));
    }

    /** Those clusters that are reached through the Data API. */
    public Collection<DataApiDataSource> dataApis() {
        return main.getCamelContext().getRegistry().findByType(DataApiDataSource.class);
    }

    /** The SQL of loads, for {@link #cluster}. */
    public CopyStatement copyStatement() {
        return copyStatement(settings.clusterSchema());
    }

    /** The same, with another schema of ledger tables. */
    public CopyStatement copyStatement(String schema) {
        return new CopyStatement(schema, secrets);
    }

    private DynamoDbClient dynamoDb() {
        if (opened.isEmpty()) {
            opened.add(clients.dynamoDb());
        }
        return opened.get(0);
    }

    /** Asks AWS whether it has what the settings name. */
    public AwsCheck check() {
        return new AwsCheck(clients, Duration.ZERO);
    }

    @Override
    public void close() {
        opened.forEach(DynamoDbClient::close);
        elsewhere.forEach(DynamoDbClient::close);
        main.getCamelContext().getRegistry().findByType(DataSource.class).forEach(Installation::close);
        main.getCamelContext().stop();
    }

    private static void close(DataSource cluster) {
        if (cluster instanceof AutoCloseable pool) {
            try {
                pool.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
