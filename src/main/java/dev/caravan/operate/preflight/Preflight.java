package dev.caravan.operate.preflight;

import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.base.Fault;
import dev.caravan.base.aws.AwsRefused;
import dev.caravan.batch.FileEntry;
import dev.caravan.feed.Feed;
import dev.caravan.feed.capture.Unresolved;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.redshift.target.CopyFormat;
import dev.caravan.startup.Installation;
import dev.caravan.startup.MirrorTools;
import dev.caravan.startup.SyncTools;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Asks everything on the way of some feeds' files, of some syncs' tables and of some mirrors, whether it would let them pass. Changes nothing. */
public final class Preflight implements AutoCloseable {
    /** {@code name.id.region.redshift.amazonaws.com}, or {@code …redshift-serverless…}; other partitions have other domains. */
    private static final Pattern HOST = Pattern.compile("\\.([a-z]{2}(?:-[a-z]+)+-\\d)\\.redshift(?:-serverless)?\\.");

    private final Installation installation;
    private final Consumer<Finding> findings;
    private final S3Client s3;
    private final SqsClient sqs;
    private final SnsClient sns;
    private final Map<String, Connection> connections = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    /** @param findings hears of each as soon as it is known */
    public Preflight(Installation installation, Consumer<Finding> findings) {
        this.installation = installation;
        this.findings = findings;
        s3 = installation.clients().s3();
        sqs = installation.clients().sqs();
        sns = installation.clients().sns();
    }

    /** Asks what these feeds, syncs and mirrors need. */
    public void run(List<Feed> feeds, List<TableSync> syncs, List<TableMirror> mirrors) {
        new ServiceChecks(installation.settings(), installation.clients(), s3, sqs, sns, installation.tables())
                .run(
                        Stream.of(
                                        feeds.stream()
                                                .flatMap(feed -> Stream.of(feed.loadedTopic(), feed.failedTopic())),
                                        syncs.stream()
                                                .flatMap(sync -> Stream.of(sync.loadedTopic(), sync.failedTopic())),
                                        mirrors.stream()
                                                .flatMap(one -> Stream.of(one.loadedTopic(), one.failedTopic())))
                                .flatMap(topics -> topics),
                        Stream.of(
                                        feeds.stream().map(Feed::manifestPrefix),
                                        syncs.stream().map(TableSync::manifestPrefix),
                                        mirrors.stream().map(TableMirror::manifestPrefix))
                                .flatMap(places -> places),
                        findings);
        feeds(feeds);
        syncs(syncs);
        mirrors(mirrors);
    }

    private void feeds(List<Feed> feeds) {
        List<Fault> faults = installation.feeds().faults();
        feeds.stream().filter(feed -> isGood(feed.name(), faults)).forEach(this::check);
    }

    private void syncs(List<TableSync> asked) {
        SyncTools tools = installation.syncTools();
        List<Fault> faults = tools.syncs().faults();
        Map<String, List<TableSync>> bySource = asked.stream()
                .filter(sync -> isGood(sync.name(), faults))
                .collect(Collectors.groupingBy(TableSync::source, TreeMap::new, Collectors.toList()));
        bySource.forEach((source, syncs) -> {
            new SourceChecks(source, tools.sources(), tools.syncs(), SourceChecks.LONGEST, findings).run(syncs);
            syncs.forEach(sync -> sync.clusters().forEach(this::connection));
        });
    }

    private void mirrors(List<TableMirror> asked) {
        MirrorTools tools = installation.mirrorTools();
        List<Fault> faults = tools.mirrors().faults();
        for (TableMirror mirror : asked) {
            if (isGood(mirror.name(), faults)) {
                connection(mirror.source())
                        .ifPresent(cluster -> new MirrorChecks(
                                        mirror,
                                        installation.mirrorPlanner(s3),
                                        tools.targets(),
                                        MirrorChecks.LONGEST,
                                        findings)
                                .run(cluster));
            }
        }
    }

    private boolean isGood(String name, List<Fault> faults) {
        List<Fault> own = faults.stream().filter(fault -> isOf(name, fault)).toList();
        own.forEach(fault -> findings.accept(Finding.fail(name + ": configuration", fault.toString())));
        return own.isEmpty();
    }

    private static boolean isOf(String name, Fault fault) {
        return fault.key().startsWith(name + ".") && fault.key().indexOf('.', name.length() + 1) < 0;
    }

    private void check(Feed feed) {
        feed.unlimitedTables()
                .ifPresent(tables -> findings.accept(Finding.warn(
                        feed.name() + ": allowedTables",
                        "whoever writes an object chooses by its key which table is loaded, any that the cluster's user may"
                                + " write to but Caravan's own and the system's: write allowedTables: " + tables
                                + ", with names in place of * where you know them")));
        BucketChecks buckets = new BucketChecks(
                s3,
                sqs,
                sns,
                installation.settings().queue(),
                installation.clients().region());
        Finding bucket = Asked.aws(feed.name() + ": bucket " + feed.bucket(), () -> buckets.bucket(feed));
        findings.accept(bucket);
        if (bucket.verdict() == Finding.Verdict.FAIL) {
            return;
        }
        findings.accept(Asked.aws(feed.name() + ": events", () -> buckets.notification(feed)));
        buckets.encryption(feed).ifPresent(findings);
        Sample sample = new Sample(s3, installation.feeds());
        Optional<FileEntry> file = newest(sample, feed);
        Optional<Feed> target = target(feed, file);
        for (String cluster : feed.clusters()) {
            connection(cluster).ifPresent(connection -> {
                region(feed, cluster, buckets).ifPresent(findings);
                target.ifPresent(of -> check(of.in(cluster), cluster, connection, sample, file));
            });
        }
    }

    /** The feed as it is for the file that is tried; empty if its table can't be known. */
    private Optional<Feed> target(Feed feed, Optional<FileEntry> file) {
        if (!feed.isCapturing()) {
            return Optional.of(feed);
        }
        String about = feed.name() + ": table";
        if (file.isEmpty()) {
            findings.accept(Finding.skip(about, "it depends on the object's key, and none is known to try it with"));
            return Optional.empty();
        }
        try {
            return Optional.of(feed.ofObject(file.get().url().substring(("s3://" + feed.bucket() + "/").length())));
        } catch (Unresolved e) {
            findings.accept(
                    Finding.fail(about, "of " + file.get().url() + ": " + e.getMessage() + ". Change keyPattern"));
            return Optional.empty();
        }
    }

    private void check(Feed feed, String cluster, Connection connection, Sample sample, Optional<FileEntry> file) {
        TableChecks table = new TableChecks(feed, cluster, connection);
        Finding columns = table.columns();
        findings.accept(columns);
        if (columns.verdict() == Finding.Verdict.FAIL) {
            return;
        }
        findings.accept(table.insert());
        if (table.wantsMore()) {
            findings.accept(table.more());
        }
        String copy = feed.name() + " in " + cluster + ": COPY";
        String disk = feed.name() + " in " + cluster + ": disk";
        if (file.isEmpty() || feed.manifestPrefix().isEmpty()) {
            findings.accept(Finding.skip(
                    copy, "no object is known in s3://" + feed.bucket() + "/" + feed.keyPrefix() + " to try it with"));
            findings.accept(Finding.skip(disk, "without a file nobody knows how large a batch is"));
            return;
        }
        CopyStatement statement = installation.copyStatement();
        findings.accept(Asked.aws(
                copy,
                () -> sample.withManifest(
                        feed.manifestPrefix().get(),
                        file.get(),
                        manifest -> table.noload(statement, file.get().url(), manifest))));
        findings.accept(
                new ClusterChecks(cluster, connection, installation.settings().clusterSchema())
                        .disk(disk, Math.min(feed.batchBytes(), file.get().size() * feed.batchSize())));
    }

    private Optional<FileEntry> newest(Sample sample, Feed feed) {
        try {
            return sample.of(feed);
        } catch (AwsRefused e) {
            findings.accept(Finding.fail(feed.name() + ": files", String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** COPY has to be told of a bucket in another region; empty if nobody knows the cluster's. */
    private Optional<Finding> region(Feed feed, String cluster, BucketChecks buckets) {
        Matcher host = HOST.matcher(url(cluster));
        Optional<String> bucket = buckets.region(feed.bucket());
        if (!host.find() || bucket.isEmpty()) {
            return Optional.empty();
        }
        String about = feed.name() + " in " + cluster + ": region";
        boolean told = feed.copyOptions().toUpperCase(Locale.ROOT).contains("REGION");
        CopyFormat.Kind format = feed.format().kind();
        return Optional.of(
                host.group(1).equals(bucket.get()) || told
                        ? Finding.ok(about, "cluster in " + host.group(1) + ", bucket in " + bucket.get())
                        : Finding.fail(
                                about,
                                "cluster in " + host.group(1) + ", bucket in " + bucket.get() + ": "
                                        + (format.isColumnar()
                                                ? format + " is read only from the cluster's own region; copy the"
                                                        + " files to a bucket there"
                                                : "add REGION '" + bucket.get() + "' to the feed's copyOptions")));
    }

    private String url(String cluster) {
        return installation
                .cluster(cluster)
                .filter(HikariDataSource.class::isInstance)
                .map(source -> String.valueOf(((HikariDataSource) source).getJdbcUrl()))
                .orElse("");
    }

    /** A connection, after the cluster's own checks; empty if there is none, which is told once. */
    private Optional<Connection> connection(String cluster) {
        if (connections.containsKey(cluster) || refused.contains(cluster)) {
            return Optional.ofNullable(connections.get(cluster));
        }
        String about = "cluster " + cluster;
        Optional<DataSource> source = installation.cluster(cluster);
        if (source.isEmpty()) {
            refused.add(cluster);
            findings.accept(Finding.fail(
                    about, "no data source has that name: add camel.beans." + cluster + " to application.properties"));
            return Optional.empty();
        }
        try {
            Connection connection = source.get().getConnection();
            connections.put(cluster, connection);
            new ClusterChecks(cluster, connection, installation.settings().clusterSchema()).run(findings);
            return Optional.of(connection);
        } catch (SQLException e) {
            refused.add(cluster);
            findings.accept(Finding.fail(
                    about,
                    CopyFailure.of(e).problem() + ". Look at its jdbcUrl, username and password, and at the network"));
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        connections.values().forEach(Preflight::close);
        s3.close();
        sqs.close();
        sns.close();
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // nothing of it is needed any more
        }
    }
}
