package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.base.Quantity;
import dev.caravan.database.Databases;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.pipeline.redshifttopostgres.postgres.verify.TargetHashes;
import dev.caravan.pipeline.redshifttopostgres.warehouse.DifferenceStatement;
import dev.caravan.pipeline.redshifttopostgres.warehouse.HashFiles;
import dev.caravan.redshift.copy.HiddenSecrets;
import dev.caravan.s3.upload.S3Folder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Makes a base from what the target has, in the place of one that there isn't: hashes come from PostgreSQL, and only rows that really differ are brought. It serves
 * changed columns, a state that is lost, a target that was restored or that another tool has filled.
 */
final class Rebasing {
    private static final Logger LOG = LoggerFactory.getLogger(Rebasing.class);

    private final Clusters clusters;
    private final Databases databases;
    private final S3Client s3;
    private final HiddenSecrets secrets;

    Rebasing(Clusters clusters, Databases databases, S3Client s3, HiddenSecrets secrets) {
        this.clusters = clusters;
        this.databases = databases;
        this.s3 = s3;
        this.secrets = secrets;
    }

    /** The end of a base's name that tells of whose rows nobody knows anything. */
    static final String UNKNOWN = "b";

    static final String KNOWN = "k";

    /**
     * The last snapshot that the target held, and of which the cluster has the state: rows that it has were mirrored.
     *
     * @param states of which there is one
     */
    static Optional<String> known(Optional<Held> held, Set<String> states) {
        return held.stream()
                .flatMap(h -> Stream.of(h.snapshot(), h.base()))
                .filter(snapshot -> states.contains(snapshot) && !snapshot.endsWith(UNKNOWN))
                .findFirst();
    }

    /**
     * Has target and cluster hold a new base.
     *
     * @param base its name, which nothing had before
     * @param known as {@link #known} said
     */
    void rebase(
            TableMirror mirror,
            Preparation.Prepared prepared,
            String base,
            Optional<String> known,
            BooleanSupplier stopping)
            throws SQLException, IOException, TargetRefused {
        S3Folder folder = S3Folder.of(mirror.manifestPrefix().orElseThrow(), "mirrors", mirror.name(), base);
        long rows;
        try (Connection target = databases.connect(mirror.target())) {
            rows = new TargetHashes(stopping, Preparation.LOCK)
                    .rebase(
                            target,
                            mirror.name(),
                            prepared.table(),
                            prepared.columns().hashInPostgres(Set.of()),
                            new TargetHashes.Base(base, prepared.signature()),
                            new HashFiles(s3, folder));
        }
        DifferenceStatement statement = new DifferenceStatement(clusters.tables(mirror.name()), prepared.columns());
        try (Connection cluster = clusters.connect(mirror.source());
                Statement one = cluster.createStatement()) {
            one.execute(statement.state(
                    mirror.relation(), base, known, folder.url() + HashFiles.MANIFEST, mirror.access(), secrets));
        }
        LOG.info(
                "{} has a new base {}, of {} in {}",
                mirror.inWords(),
                base,
                Quantity.count(rows, "row"),
                String.join(".", mirror.targetTable()));
    }
}
