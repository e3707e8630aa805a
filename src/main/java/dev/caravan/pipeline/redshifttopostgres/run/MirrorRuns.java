package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.database.Databases;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.pipeline.redshifttopostgres.mirror.Mirrors;
import dev.caravan.redshift.copy.HiddenSecrets;
import dev.caravan.work.run.RunSchedule;
import dev.caravan.work.run.RunsHere;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What the steps of mirrors are put together from.
 *
 * @param clusters by name
 * @param schema of Caravan's own tables in clusters
 * @param pauses names of mirrors of which nothing is done
 * @param retryFor how long after its planned time a run is tried again
 */
public record MirrorRuns(
        Mirrors mirrors,
        Function<String, Optional<DataSource>> clusters,
        String schema,
        Databases databases,
        Runs runs,
        S3Client s3,
        HiddenSecrets secrets,
        Supplier<Set<String>> pauses,
        Duration retryFor,
        MirrorMeters meters,
        Clock clock) {

    /** @param here what this instance has of runs */
    public MirrorSteps steps(RunsHere here) {
        return new MirrorSteps(this, here);
    }

    DueMirrors due(RunsHere here) {
        return new DueMirrors(mirrors, runs, here, new RunSchedule<>(runs, clock), pauses);
    }

    private Clusters warehouses() {
        return new Clusters(clusters, schema);
    }

    Preparation preparation() {
        return new Preparation(warehouses(), databases);
    }

    Comparing comparing() {
        return new Comparing(warehouses(), preparation(), new Rebasing(warehouses(), databases, s3, secrets));
    }

    Applying applying() {
        return new Applying(databases, s3);
    }

    Tidying tidying() {
        return new Tidying(warehouses(), databases, s3);
    }
}
