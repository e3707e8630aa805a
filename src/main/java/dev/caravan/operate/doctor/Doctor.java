package dev.caravan.operate.doctor;

import dev.caravan.base.Fault;
import dev.caravan.base.aws.AwsRefused;
import dev.caravan.operate.doctor.trial.Attempt;
import dev.caravan.operate.doctor.trial.Database;
import dev.caravan.operate.doctor.trial.DoctorFeed;
import dev.caravan.operate.doctor.trial.Folder;
import dev.caravan.operate.doctor.trial.Leftover;
import dev.caravan.operate.doctor.trial.Place;
import dev.caravan.operate.doctor.trial.Proof;
import dev.caravan.operate.doctor.trial.Result;
import dev.caravan.operate.doctor.trial.Result.Differs;
import dev.caravan.operate.doctor.trial.Scratch;
import dev.caravan.operate.doctor.trial.Wishes;
import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.s3.event.S3Prefix;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Tries all {@linkplain Proof proofs} in a cluster, in a schema and a folder of its own. Both are gone when {@link #run} returns, or when the JVM is told to
 * end before; what can't be taken away is told.
 */
public final class Doctor {
    private static final int RANDOM = 12;
    private static final Duration DROP_PATIENCE = Duration.ofMinutes(2);

    private final Place place;
    private final Wishes wishes;
    private final String schema;
    private final S3Prefix prefix;
    private final DoctorFeed feeds;
    private final Database database;
    private final Folder folder;

    /** @throws IllegalArgumentException if {@link #faults} has something to say */
    public Doctor(Place place, Wishes wishes) {
        this.place = place;
        this.wishes = wishes;
        String random = UUID.randomUUID().toString().replace("-", "").substring(0, RANDOM);
        schema = "caravan_doctor_" + random;
        S3Prefix manifests = DoctorFeed.manifests(place);
        String in =
                manifests.key().isEmpty() || manifests.key().endsWith("/") ? manifests.key() : manifests.key() + "/";
        prefix = new S3Prefix(manifests.bucket(), in + "caravan-doctor/" + random + "/");
        feeds = new DoctorFeed(place.cluster(), place.defaults(), prefix);
        database = new Database(place.source());
        folder = new Folder(place.s3(), prefix);
    }

    /** What of the installation's defaults keeps any feed from loading this cluster. */
    public static List<Fault> faults(Place place) {
        return DoctorFeed.faults(place);
    }

    /** What will be created, a sentence. */
    public String plan() {
        return "In cluster " + place.cluster() + ", the schema " + schema
                + " with small tables; in S3, small objects under s3://" + prefix
                + ". Both are taken away at the end, also after ctrl-C. Nothing else is changed.";
    }

    /**
     * Tries everything.
     *
     * @param told hears of each finding as soon as it is known
     * @param left hears of what can't be taken away when the JVM is told to end
     * @throws SQLException if the cluster can't be reached, or the schema not be created
     */
    public Report run(Consumer<Finding> told, Consumer<Leftover> left) throws SQLException {
        Facts facts = Facts.of(place, database);
        Thread atExit = new Thread(() -> takeAway().forEach(left), "doctor-tidies");
        Runtime.getRuntime().addShutdownHook(atExit);
        List<Finding> findings = new ArrayList<>();
        List<Leftover> remains;
        try {
            database.run("CREATE SCHEMA " + schema);
            Scratch scratch = new Scratch(place, wishes, schema, database, folder, feeds);
            for (Proof proof : Proof.values()) {
                if (!wishes.wants(proof)) {
                    continue;
                }
                Finding finding = tried(proof, scratch);
                if (database.isStopped()) {
                    break;
                }
                findings.add(finding);
                told.accept(finding);
            }
        } finally {
            remains = takeAway();
            forget(atExit);
        }
        return new Report(facts, findings, remains);
    }

    private static Finding tried(Proof proof, Scratch scratch) {
        long start = System.nanoTime();
        Result result;
        try {
            result = proof.check().on(scratch);
        } catch (SQLException e) {
            result = interrupted(Attempt.failed(CopyFailure.of(e)).inWords());
        } catch (AwsRefused e) {
            result = interrupted(String.valueOf(e.getMessage()));
        }
        return new Finding(proof, result, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Result interrupted(String why) {
        return new Differs(
                "it could not be tried to its end: " + why, "nothing is known of it: mend that, then try again");
    }

    /** Whoever comes second finds nothing left to do. */
    private synchronized List<Leftover> takeAway() {
        database.stop();
        List<Leftover> remains = new ArrayList<>();
        drop().ifPresent(remains::add);
        folder.delete().ifPresent(remains::add);
        return remains;
    }

    private Optional<Leftover> drop() {
        String sql = "DROP SCHEMA IF EXISTS " + schema + " CASCADE";
        CompletableFuture<Void> dropped = CompletableFuture.runAsync(() -> {
            try {
                new Database(place.source()).run(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(CopyFailure.of(e).problem(), e);
            }
        });
        try {
            dropped.get(DROP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(new Leftover(reason(e), sql + ";"));
        } catch (TimeoutException e) {
            return Optional.of(new Leftover("it takes longer than " + DROP_PATIENCE.toSeconds() + " s", sql + ";"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Leftover("interrupted", sql + ";"));
        }
    }

    private static String reason(ExecutionException thrown) {
        Throwable cause = thrown.getCause();
        return String.valueOf((cause == null ? thrown : cause).getMessage());
    }

    private static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the JVM is ending, and the thread finds nothing left to do
        }
    }
}
