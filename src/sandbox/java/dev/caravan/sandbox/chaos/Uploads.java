package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.chaos.plan.Plan;
import dev.caravan.sandbox.chaos.plan.PlannedFile;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Several clients that put the planned files into the bucket, each at its time. */
final class Uploads implements AutoCloseable {
    private static final int CLIENTS = 4;

    private final S3Client s3;
    private final String bucket;
    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
    private final Queue<PlannedFile> done = new ConcurrentLinkedQueue<>();

    private final Consumer<PlannedFile> there;

    /** @param there is told of each file when it is in the bucket */
    Uploads(S3Client s3, String bucket, Consumer<PlannedFile> there) {
        this.s3 = s3;
        this.bucket = bucket;
        this.there = there;
    }

    /** Begins now. */
    void begin(Plan plan) {
        plan.files().forEach(file -> {
            var unused = clients.schedule(() -> upload(file), file.at().toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    private void upload(PlannedFile file) {
        try {
            s3.putObject(r -> r.bucket(bucket).key(file.key()), RequestBody.fromBytes(file.content()));
            if (file.kind() == PlannedFile.Kind.DELETED) {
                s3.deleteObject(r -> r.bucket(bucket).key(file.key()));
            }
            there.accept(file);
            done.add(file);
        } catch (SdkException e) {
            var unused = clients.schedule(() -> upload(file), 1, TimeUnit.SECONDS);
        }
    }

    int done() {
        return done.size();
    }

    /** Those that are in the bucket, or were. */
    List<PlannedFile> files() {
        return List.copyOf(done);
    }

    /** Waits for uploads that are under way, lest their events come when nobody is left to deliver them. */
    @Override
    public void close() {
        Pools.stop(clients);
    }
}
