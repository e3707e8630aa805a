package dev.caravan.sandbox.bench;

import dev.caravan.sandbox.run.Cleanup;
import dev.caravan.sandbox.run.RunFailure;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import software.amazon.awssdk.core.sync.RequestBody;

/** One file at a time, each a batch of its own, with a COPY that loads its row: from the put into S3 until SQL finds the row. */
final class QuietRun {
    private static final int WARM_UP = 10, FILES = 20;
    private static final Duration POLL = Duration.ofMillis(5);

    private final BenchOptions options;
    private final Stage stage;

    QuietRun(BenchOptions options, Cleanup cleanup, PrintStream progress) {
        this.options = options;
        options.batchSize = 1;
        stage = new Stage(options, 1, cleanup, progress);
    }

    Figures run() {
        Product unused = stage.startProduct();
        List<Double> millis = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < WARM_UP + FILES; i++) {
                stage.say("File %d of %d ...".formatted(i + 1, WARM_UP + FILES));
                double took = load(statement, i);
                if (i >= WARM_UP) {
                    millis.add(took);
                }
            }
        } catch (SQLException e) {
            throw new RunFailure("The rows can't be counted", e);
        }
        stage.await(() -> stage.endings.files() >= WARM_UP + FILES, "Not every batch was told of");
        List<Double> copies = stage.endings.batches().stream()
                .skip(WARM_UP)
                .map(batch -> (double) batch.copyMillis())
                .toList();
        Percentiles all = new Percentiles(millis);
        return new Figures()
                .put("put to queryable p50 ms", all.median())
                .put("put to queryable p95 ms", all.at(95))
                .put("of that COPY and its transaction p50 ms", new Percentiles(copies).median())
                .put("of files", FILES);
    }

    private double load(Statement statement, int file) throws SQLException {
        BenchFeed feed = stage.feeds.get(0);
        String key = feed.key("quiet", file, options.keyLength);
        long began = System.nanoTime();
        stage.emulators
                .s3()
                .putObject(
                        r -> r.bucket(stage.emulators.landing().bucket()).key(key),
                        RequestBody.fromString(file + ",hello\n"));
        Waiting.until(
                () -> rows(statement, feed) > file,
                POLL,
                "The row of file " + key + " does not come to " + feed.table());
        return (System.nanoTime() - began) / 1e6;
    }

    private static long rows(Statement statement, BenchFeed feed) {
        try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + feed.table())) {
            return count.next() ? count.getLong(1) : 0;
        } catch (SQLException e) {
            throw new RunFailure("The rows can't be counted", e);
        }
    }

    private Connection connect() throws SQLException {
        Map<String, String> environment = stage.emulators.environment();
        Properties properties = new Properties();
        properties.put("user", environment.getOrDefault("CARAVAN_REDSHIFT_USER", ""));
        properties.put("password", environment.getOrDefault("CARAVAN_REDSHIFT_PASSWORD", ""));
        properties.put("enableFetchRingBuffer", "false");
        return DriverManager.getConnection(environment.getOrDefault("CARAVAN_REDSHIFT_URL", ""), properties);
    }
}
