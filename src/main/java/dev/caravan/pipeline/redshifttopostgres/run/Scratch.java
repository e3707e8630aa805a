package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.database.Databases;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.verify.TargetBuckets;
import dev.caravan.pipeline.redshifttopostgres.warehouse.DifferenceStatement;
import dev.caravan.pipeline.redshifttopostgres.warehouse.HashFiles;
import dev.caravan.redshift.copy.HiddenSecrets;
import dev.caravan.redshift.target.ClusterNames;
import dev.caravan.s3.upload.S3Folder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What a person's question makes in Redshift and S3 for its time, beside what runs make: it is gone when it is closed. A run that ends meanwhile removes it as well; then the
 * question fails, and can be asked again.
 */
final class Scratch implements AutoCloseable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final TableMirror mirror;
    private final Clusters clusters;
    private final Connection cluster;
    private final String snapshot;
    private final String actual;

    /** @param now names what is made: a run's names have numbers above 0 */
    Scratch(TableMirror mirror, Clusters clusters, Instant now) throws SQLException {
        this.mirror = mirror;
        this.clusters = clusters;
        snapshot = ClusterNames.folded(TIME.format(now)) + ".000000";
        actual = snapshot + Rebasing.UNKNOWN;
        cluster = clusters.connect(mirror.source());
        try (Statement statement = cluster.createStatement()) {
            statement.execute(clusters.createSchema());
        }
    }

    /** Of a difference. */
    String snapshot() {
        return snapshot;
    }

    /** Of what the target has. */
    String actual() {
        return actual;
    }

    /**
     * Brings keys and hashes of the target's rows to the cluster, as state {@link #actual}.
     *
     * @param known as {@link DifferenceStatement#state} has it
     * @return what the target said to hold at the same moment
     */
    Optional<Held> bring(
            Databases databases,
            S3Client s3,
            HiddenSecrets secrets,
            Preparation.Prepared prepared,
            Optional<String> known)
            throws SQLException, IOException {
        S3Folder folder = folder();
        Optional<Held> held;
        try (Connection target = databases.connect(mirror.target());
                HashFiles files = new HashFiles(s3, folder)) {
            held = new TargetBuckets(Thread.currentThread()::isInterrupted, Preparation.LOCK)
                    .rows(
                            target,
                            mirror.name(),
                            prepared.table(),
                            "0",
                            prepared.columns().hashInPostgres(prepared.missing().keySet()),
                            Set.of(),
                            files);
        }
        execute(new DifferenceStatement(clusters.tables(mirror.name()), prepared.columns())
                .state(mirror.relation(), actual, known, folder.url() + HashFiles.MANIFEST, mirror.access(), secrets));
        return held;
    }

    private S3Folder folder() {
        return S3Folder.of(mirror.manifestPrefix().orElseThrow(), "mirrors", mirror.name(), actual);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = cluster.createStatement()) {
            statement.execute(sql);
        }
    }

    List<Map<String, Object>> ask(String sql) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Statement statement = cluster.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                Map<String, Object> values = new LinkedHashMap<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.put(row.getMetaData().getColumnLabel(i), row.getObject(i));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    /** Keys of a few rows, for a person: {@code id=5}. */
    List<String> keys(String sql) throws SQLException {
        List<String> names = mirror.keys();
        return ask(sql).stream()
                .map(row -> {
                    List<Object> values = new ArrayList<>(row.values());
                    return Stream.iterate(0, i -> i < names.size(), i -> i + 1)
                            .map(i -> names.get(i) + "=" + values.get(i))
                            .collect(Collectors.joining(", "));
                })
                .toList();
    }

    void sweep(S3Client s3) {
        folder().sweep(s3);
    }

    @Override
    public void close() throws SQLException {
        try (cluster;
                Statement statement = cluster.createStatement()) {
            var tables = clusters.tables(mirror.name());
            for (String quoted : List.of(tables.difference(snapshot), tables.state(snapshot), tables.state(actual))) {
                statement.execute("DROP TABLE IF EXISTS " + quoted);
            }
        }
    }
}
