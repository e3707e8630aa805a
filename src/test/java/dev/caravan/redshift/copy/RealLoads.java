package dev.caravan.redshift.copy;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.Progress;
import dev.caravan.feed.Feed;
import dev.caravan.load.manifest.ManifestWriter;
import dev.caravan.redshift.copy.CopySource.SingleFile;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.sync.RequestBody;

/** Loads of the sandbox's tables by the SQL that Caravan sends, through the real driver, without routes and a ledger. */
final class RealLoads {
    private final Connection connection;
    private final CopyStatement statement = new CopyStatement("caravan");
    private final Landing landing = SharedSandbox.landing();
    private final AtomicInteger numbers = new AtomicInteger();

    RealLoads() {
        Map<String, String> environment = SharedSandbox.get().environment();
        Properties properties = new Properties();
        properties.put("user", environment.getOrDefault("CARAVAN_REDSHIFT_USER", ""));
        properties.put("password", environment.getOrDefault("CARAVAN_REDSHIFT_PASSWORD", ""));
        properties.put("enableFetchRingBuffer", "false");
        try {
            connection = DriverManager.getConnection(environment.getOrDefault("CARAVAN_REDSHIFT_URL", ""), properties);
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements as one transaction, as the routes do. */
    void run(String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(statements);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    /** The rows, their values with commas between them. */
    List<String> rows(String query) throws SQLException {
        List<String> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(Objects.requireNonNullElse(rows.getString(i), ""));
                }
                all.add(String.join(",", values));
            }
        } finally {
            connection.rollback();
        }
        return all;
    }

    /** A file of this content. */
    FileEntry file(String content) {
        String key = "files/" + numbers.incrementAndGet();
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        put(landing.bucket(), key, bytes);
        return new FileEntry("web", "s3://" + landing.bucket() + "/" + key, "1", bytes.length, Instant.EPOCH);
    }

    /**
     * Loads a batch.
     *
     * @param columns of the table, those apart that no file fills
     */
    void load(Feed feed, List<String> columns, List<FileEntry> files) throws IOException, SQLException {
        load(feed, columns, files, Optional.empty());
    }

    /** Loads a batch, with the progress that it makes. */
    void load(Feed feed, List<String> columns, List<FileEntry> files, Optional<Progress> progress)
            throws IOException, SQLException {
        String manifest = manifest(files);
        List<SingleFile> singles = new ArrayList<>();
        if (feed.isFileByFile()) {
            for (FileEntry file : files) {
                singles.add(new SingleFile(file.url(), manifest(List.of(file))));
            }
        }
        Batch fresh = Batch.fresh(
                        "web-" + numbers.incrementAndGet(),
                        feed.key(),
                        feed.name(),
                        Batch.SHARED,
                        Instant.EPOCH,
                        Instant.EPOCH)
                .with(files);
        CopySource source = new CopySource(manifest, columns, singles);
        Batch batch = progress.map(fresh::making).orElse(fresh);
        run(statement.prepare(feed, batch));
        run(statement.load(feed, batch, source, List.of()));
    }

    private String manifest(List<FileEntry> files) throws IOException {
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        ManifestWriter.write(files.stream(), manifest);
        String key = numbers.incrementAndGet() + ".manifest";
        put(landing.manifestBucket(), key, manifest.toByteArray());
        return "s3://" + landing.manifestBucket() + "/" + key;
    }

    private static void put(String bucket, String key, byte[] content) {
        SharedSandbox.get().s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }
}
