package dev.caravan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.ledger.DynamoDbFeedPauses;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.run.CaravanProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A person looks at the packaged jar in a browser: sees what its routes do, pauses a feed and resumes it, and has a batch reprocessed.
 * With {@code -Dcaravan.screenshots=true} it also takes the README's pictures.
 */
class HawtioIT {
    private static final String LEDGER = "hawtio";
    private static final boolean PICTURES_WANTED = Boolean.getBoolean("caravan.screenshots");
    private static final Path PICTURES = Path.of("src", "docs");
    private static final Path LOG = Path.of("target", "hawtio-it.log");

    private Sandbox sandbox;
    private ClusterSql cluster;

    @BeforeEach
    void sandbox() {
        Browser.assumeThere();
        sandbox = SharedSandbox.get();
        cluster = new ClusterSql(sandbox.environment());
    }

    @Test
    void routesAreSeen_aFeedIsPausedAndResumed_aFailedBatchIsReprocessed() throws Exception {
        cluster.run("CREATE TABLE public.weather (location VARCHAR(16), date DATE, precipitation DECIMAL(6,2),"
                + " temp_max DECIMAL(5,2), temp_min DECIMAL(5,2), wind DECIMAL(5,2), weather VARCHAR(16))");
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_LEDGER_TABLE_PREFIX", LEDGER);
        environment.put("CARAVAN_RECEIVE_WAIT_SECONDS", "1");
        try (CaravanProcess caravan = CaravanProcess.start(environment, LOG);
                Browser browser = Browser.start()) {
            await().until(caravan::isReady);
            IntStream.range(0, 5).forEach(this::putWeather);
            put("airports/1", "AMS|Amsterdam\n");
            await().until(() -> cluster.count("public.weather") == 5);

            HawtioPages hawtio = new HawtioPages(browser);
            browser.open(caravan.hawtio());
            hawtio.tree("caravan", "routes", "s3-to-redshift", "load");
            browser.until("a manifest is counted", () -> hawtio.exchanges("put-manifest") > 0);
            if (PICTURES_WANTED) {
                hawtio.lookAt("begin");
            }
            picture(browser, "hawtio-route");

            browser.open(caravan.hawtio() + "jmx");
            hawtio.tree("dev.caravan", "feeds", "weather");
            hawtio.tab("Operations");
            assertThat(hawtio.execute("pause()")).startsWith("feed weather is paused since ");
            assertThat(pauses().all()).extracting(FeedPauses.Pause::feed).containsExactly("weather");
            hawtio.tab("Attributes");
            hawtio.awaitAttribute("Paused", "true");
            await().until(() -> caravan.log().contains("Feed weather is paused since "));
            IntStream.range(5, 10).forEach(this::putWeather);
            hawtio.awaitAttribute("HeldBatches", "1");
            assertThat(cluster.count("public.weather")).isEqualTo(5);
            picture(browser, "hawtio-feed");
            hawtio.tab("Operations");
            assertThat(hawtio.execute("resume()")).startsWith("feed weather is resumed");
            assertThat(pauses().all()).isEmpty();
            await().until(() -> cluster.count("public.weather") == 10);
            hawtio.tab("Attributes");
            hawtio.awaitAttribute("Paused", "false");

            hawtio.tree("dev.caravan", "batches", "batches");
            browser.until("a failed batch", () -> hawtio.attribute("Failed").contains("airports-"));
            String failed = hawtio.attribute("Failed").replaceFirst(".*?(airports-\\w+).*", "$1");
            cluster.run("CREATE TABLE public.airports (iata VARCHAR(3), name VARCHAR(20))");
            hawtio.tab("Operations");
            assertThat(hawtio.execute("reprocess(String)", failed))
                    .startsWith("batch " + failed + " is locked again: a running instance loads it into cluster ");
            picture(browser, "hawtio-batches");
            await().until(() -> cluster.count("public.airports") == 1);
        }
    }

    private FeedPauses pauses() {
        LedgerSettings settings = new LedgerSettings(LEDGER, "test", Duration.ofMinutes(1), Duration.ofDays(1));
        return new DynamoDbFeedPauses(sandbox.dynamoDb(), settings, Clock.systemUTC());
    }

    private void putWeather(int day) {
        put(
                "weather/" + day + ".csv",
                "location,date,precipitation,temp_max,temp_min,wind,weather\nSeattle,2012-01-%02d,0,1,1,1,sun\n"
                        .formatted(day + 1));
    }

    private void put(String key, String content) {
        sandbox.s3().putObject(r -> r.bucket(sandbox.landing().bucket()).key(key), RequestBody.fromString(content));
    }

    private static void picture(Browser browser, String name) throws IOException {
        if (PICTURES_WANTED) {
            browser.picture(PICTURES.resolve(name + ".png"));
        }
    }
}
