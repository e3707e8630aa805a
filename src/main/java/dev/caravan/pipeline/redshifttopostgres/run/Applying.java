package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.database.Databases;
import dev.caravan.pipeline.redshifttopostgres.mirror.FirstLoad;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.Applied;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ApplySettings;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.Difference;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.DifferenceFile;
import dev.caravan.pipeline.redshifttopostgres.postgres.load.FirstRows;
import dev.caravan.pipeline.redshifttopostgres.warehouse.UnloadManifest;
import dev.caravan.s3.upload.S3Folder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Has PostgreSQL take a difference from its files. */
final class Applying {
    /** Rows of a transaction, where a first load comes in chunks and nobody said how large they are. */
    private static final int CHUNK = 100_000;

    private final Databases databases;
    private final S3Client s3;

    Applying(Databases databases, S3Client s3) {
        this.databases = databases;
        this.s3 = s3;
    }

    Applied apply(TableMirror mirror, Preparation.Prepared prepared, MirrorPlan plan, BooleanSupplier stopping)
            throws SQLException, IOException, TargetRefused {
        Difference difference = new Difference(
                mirror.name(),
                plan.base(),
                plan.snapshot(),
                prepared.signature(),
                plan.inserts(),
                plan.updates(),
                plan.deletes());
        boolean first = plan.rows() == 0;
        long chunk = first && mirror.firstLoad() == FirstLoad.CHUNKS
                ? mirror.applyChunk().orElse(CHUNK)
                : mirror.applyChunk().orElse(0);
        try (Connection target = databases.connect(mirror.target())) {
            // Whoever comes after the end of all, but before the ledger knew it, finds no files any more.
            boolean isIn = TargetLedger.held(target, mirror.name())
                    .filter(difference::isIn)
                    .isPresent();
            return new FirstRows(stopping)
                    .load(
                            target,
                            prepared.table(),
                            difference,
                            isIn ? List.of() : files(mirror, plan),
                            new ApplySettings(Preparation.LOCK, mirror.foreignRows(), chunk));
        }
    }

    private List<DifferenceFile> files(TableMirror mirror, MirrorPlan plan) throws IOException {
        S3Folder folder = folder(mirror, plan);
        return plan.changes() == 0
                ? List.of()
                : UnloadManifest.read(s3, folder).files().stream()
                        .map(key -> file(folder.bucket(), key, plan.marker()))
                        .toList();
    }

    /** Of an attempt to unload. */
    static S3Folder folder(TableMirror mirror, MirrorPlan plan) {
        return S3Folder.of(mirror.manifestPrefix().orElseThrow(), "mirrors", mirror.name(), plan.files());
    }

    private DifferenceFile file(String bucket, String key, String nulls) {
        String url = "s3://" + bucket + "/" + key;
        return DifferenceFile.gzipped(url, nulls, () -> {
            try {
                return s3.getObject(r -> r.bucket(bucket).key(key));
            } catch (SdkException e) {
                throw new IOException(url + " can't be read: " + e.getMessage(), e);
            }
        });
    }
}
