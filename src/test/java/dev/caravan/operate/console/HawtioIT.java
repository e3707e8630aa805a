package dev.caravan.operate.console;

import static java.util.function.Predicate.isEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.notes.DynamoDbFeedPauses;
import dev.caravan.routes.RouteFile;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.run.CaravanProcess;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A person looks at the packaged jar in a browser: sees what its routes do, pauses a feed and resumes it, and has a batch reprocessed.
 * It takes pictures, into {@code target/}; with {@code -Dcaravan.screenshots=true} also those that the docs show.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HawtioIT {
    private static final String LEDGER = "hawtio";
    private static final Path LOG = Path.of("target", "hawtio-it.log");

    private Sandbox sandbox;
    private ClusterSql cluster;
    private CaravanProcess caravan;
    private Browser browser;
    private HawtioPages hawtio;
    private Diagram diagram;
    private final List<AutoCloseable> running = new ArrayList<>();
    private int days;

    @BeforeAll
    void start() throws IOException {
        Browser.assumeThere();
        sandbox = SharedSandbox.get();
        cluster = new ClusterSql(sandbox.environment());
        cluster.run("CREATE TABLE public.weather (location VARCHAR(16), date DATE, precipitation DECIMAL(6,2),"
                + " temp_max DECIMAL(5,2), temp_min DECIMAL(5,2), wind DECIMAL(5,2), weather VARCHAR(16))");
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_LEDGER_TABLE_PREFIX", LEDGER);
        environment.put("CARAVAN_RECEIVE_WAIT_SECONDS", "1");
        Path syncs = Files.writeString(Path.of("target", "hawtio-it.camel.yaml"), syncs(SharedSources.mariaDb()));
        environment.put(
                "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN",
                "file:" + syncs + ",file:routes/*.camel.yaml,file:routes/**/*.camel.yaml");
        caravan = CaravanProcess.start(environment, LOG);
        running.add(caravan);
        browser = Browser.start();
        running.add(browser);
        hawtio = new HawtioPages(browser);
        diagram = new Diagram(browser);
        await().until(caravan::isReady);
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable started : running) {
            started.close();
        }
    }

    @Test
    void theFirstPageAndEveryRouteAreDrawn_andTheNumbersMove() throws Exception {
        List<RouteFile> routes = RouteFile.shipped();
        browser.open(caravan.hawtio());
        assertDrawn(routes.stream().flatMap(route -> route.steps().stream()).toList());
        diagram.awaitRest();
        diagram.assertFitsThePage();
        browser.picture("hawtio-routes");
        for (RouteFile route : routes) {
            hawtio.tree("caravan", "routes", route.group(), route.id());
            assertDrawn(route.steps());
            assertThat(hawtio.title()).isEqualTo(route.id());
        }

        browser.open(caravan.hawtio());
        hawtio.tree("caravan", "routes", "s3-to-redshift", "load");
        browser.until("numbers", () -> diagram.steps().contains("put-manifest"));
        long before = diagram.exchanges("put-manifest");
        putWeather();
        browser.until("a manifest is counted", () -> diagram.exchanges("put-manifest") > before);
        diagram.lookAt("begin");
        browser.picture("hawtio-route");
    }

    private void assertDrawn(List<String> steps) throws IOException {
        diagram.awaitDrawn(steps);
        hawtio.assertNoTrouble();
    }

    @Test
    void aFeedIsPausedAndResumed() throws Exception {
        long there = cluster.count("public.weather");
        browser.open(caravan.hawtio() + "jmx");
        for (String feed : List.of("airports", "flights", "quakes", "weather")) {
            hawtio.tree("dev.caravan", "feeds", feed);
            hawtio.tab("Attributes");
            hawtio.awaitAttribute("Table", "public." + feed);
            hawtio.tab("Operations");
            assertThat(hawtio.operations()).contains("pause()", "resume()", "flush()");
            hawtio.assertNoTrouble();
        }
        assertThat(hawtio.execute("pause()")).startsWith("feed weather is paused since ");
        assertThat(pauses().all()).extracting(FeedPauses.Pause::feed).containsExactly("weather");
        hawtio.tab("Attributes");
        hawtio.awaitAttribute("Paused", "true");
        await().until(() -> caravan.log().contains("Feed weather is paused since "));
        putWeather();
        hawtio.awaitAttribute("HeldBatches", "1");
        assertThat(cluster.count("public.weather")).isEqualTo(there);
        browser.picture("hawtio-feed");
        hawtio.tab("Operations");
        assertThat(hawtio.execute("resume()")).startsWith("feed weather is resumed");
        assertThat(pauses().all()).isEmpty();
        await().until(() -> cluster.count("public.weather"), isEqual(there + 5));
        hawtio.tab("Attributes");
        hawtio.awaitAttribute("Paused", "false");
        hawtio.assertNoTrouble();
    }

    @Test
    void aFailedBatchIsReprocessed() throws Exception {
        put("airports/1", "AMS|Amsterdam\n");
        browser.open(caravan.hawtio() + "jmx");
        hawtio.tree("dev.caravan", "batches", "batches");
        hawtio.tab("Attributes");
        browser.until("a failed batch", () -> hawtio.attribute("Failed").contains("airports-"));
        String failed = hawtio.attribute("Failed").replaceFirst(".*?(airports-\\w+).*", "$1");
        cluster.run("CREATE TABLE public.airports (iata VARCHAR(3), name VARCHAR(20))");
        hawtio.tab("Operations");
        assertThat(hawtio.operations()).contains("reprocess(String)", "unlock(String)");
        assertThat(hawtio.execute("reprocess(String)", failed))
                .startsWith("batch " + failed + " is locked again: a running instance loads it into cluster ");
        browser.picture("hawtio-batches");
        await().until(() -> cluster.count("public.airports") == 1);
        hawtio.assertNoTrouble();
    }

    @Test
    void aSyncIsRun_andWhatItReadIsSeen() throws Exception {
        source("CREATE DATABASE hawtio_shop");
        source("CREATE TABLE hawtio_shop.orders (id INT PRIMARY KEY, name VARCHAR(20))");
        source("INSERT INTO hawtio_shop.orders VALUES (1, 'a'), (2, 'b')");
        source("CREATE TABLE hawtio_shop.notes (id INT PRIMARY KEY, text LONGTEXT)");
        source("INSERT INTO hawtio_shop.notes VALUES (7, REPEAT('x', 70000))");
        browser.open(caravan.hawtio() + "jmx");
        hawtio.tree("dev.caravan", "syncs", "shop");
        hawtio.tab("Operations");
        assertThat(hawtio.operations()).contains("sync()", "syncFull()", "pause(String)", "resume()", "runs()");
        assertThat(hawtio.execute("sync()")).startsWith("Run shop-").contains("is asked for");
        hawtio.tab("Attributes");
        hawtio.awaitAttribute("LastStatus", "error");
        browser.until("why", () -> hawtio.attribute("LastReason").contains("1 of 2 tables failed: hawtio_shop.notes"));
        hawtio.assertNoTrouble();
        browser.picture("hawtio-sync");
        hawtio.tab("Operations");
        assertThat(hawtio.execute("runs()")).contains("hawtio_shop.orders", "\"state\": \"failed\"");
        browser.picture("hawtio-sync-runs");
        hawtio.assertNoTrouble();

        browser.open(caravan.hawtio());
        hawtio.tree("caravan", "routes", "table-to-redshift", "extract-table");
        browser.until("steps", () -> diagram.steps().contains("extract"));
        diagram.awaitRest();
        browser.picture("hawtio-sync-route");
    }

    private static String syncs(SourceDatabase database) {
        return """
                - beans:
                    - name: shopDb
                      type: org.mariadb.jdbc.MariaDbDataSource
                      properties:
                        url: %s
                        user: %s
                        password: %s
                    - name: shop
                      type: dev.caravan.pipeline.tabletoredshift.sync.TableSync
                      properties:
                        description: The shop's tables, for whoever asks
                        source: shopDb
                        tables: hawtio_shop.*
                        schedule: 0 0 3 * * ?
                        timeZone: Asia/Tokyo
                """.formatted(database.url(), database.user(), database.password());
    }

    private static void source(String sql) throws SQLException {
        try (Connection connection = SharedSources.mariaDb().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private FeedPauses pauses() {
        LedgerSettings settings = new LedgerSettings(LEDGER, "test", Duration.ofMinutes(1), Duration.ofDays(1));
        return new DynamoDbFeedPauses(sandbox.dynamoDb(), settings, Clock.systemUTC());
    }

    /** A batch. */
    private void putWeather() {
        IntStream.range(0, 5).map(i -> ++days).forEach(this::putWeather);
    }

    private void putWeather(int day) {
        put(
                "weather/" + day + ".csv",
                "location,date,precipitation,temp_max,temp_min,wind,weather\nSeattle,2012-01-%02d,0,1,1,1,sun\n"
                        .formatted(day));
    }

    private void put(String key, String content) {
        sandbox.s3().putObject(r -> r.bucket(sandbox.landing().bucket()).key(key), RequestBody.fromString(content));
    }
}
