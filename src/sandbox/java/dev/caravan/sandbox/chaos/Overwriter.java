package dev.caravan.sandbox.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.sandbox.chaos.check.Clusters;
import dev.caravan.sandbox.chaos.plan.Overwrite.Moment;
import dev.caravan.sandbox.chaos.plan.PlannedFile;
import dev.caravan.sandbox.faults.Call;
import dev.caravan.sandbox.faults.Observer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Gives objects that are there another content, each at its planned moment: by the clock, when it sees the COPY that is to load it, or when its rows are in
 * the tables. What a COPY is to load stands in the manifest that it names.
 */
final class Overwriter implements Observer, AutoCloseable {
    private static final Pattern MANIFEST =
            Pattern.compile("FROM\\s+'s3://([^/']+)/([^']+)'", Pattern.CASE_INSENSITIVE);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LOOK_SECONDS = 2;

    private final S3Client s3;
    private final String bucket;
    private final Clusters clusters;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    /** By URL: put there once, and not overwritten yet. */
    private final Map<String, PlannedFile> waiting = new LinkedHashMap<>();

    private final Set<String> loadedBefore = new HashSet<>();
    private final Map<Moment, Integer> made = new EnumMap<>(Moment.class);

    Overwriter(S3Client s3, String bucket, Clusters clusters) {
        this.s3 = s3;
        this.bucket = bucket;
        this.clusters = clusters;
        var unused = clock.scheduleWithFixedDelay(this::overwriteLoaded, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** A file is in the bucket for the first time. */
    void uploaded(PlannedFile file) {
        file.overwrite().ifPresent(overwrite -> {
            synchronized (waiting) {
                waiting.put(file.url(bucket), file);
            }
            if (overwrite.moment() == Moment.SOON) {
                var unused =
                        clock.schedule(() -> overwrite(file), overwrite.after().toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    @Override
    public void before(Call call) {
        overwriteFilesOf(call, Moment.BEFORE_COPY);
    }

    @Override
    public void after(Call call) {
        overwriteFilesOf(call, Moment.AFTER_COPY);
    }

    private void overwriteFilesOf(Call call, Moment moment) {
        if (!call.service().equals("redshift") || !call.operation().equals("COPY")) {
            return;
        }
        Matcher manifest = MANIFEST.matcher(call.text());
        if (!manifest.find() || waiting(moment).isEmpty()) {
            return;
        }
        Set<String> files = files(manifest.group(1), manifest.group(2));
        waiting(moment).stream()
                .filter(file -> files.contains(file.url(bucket)))
                .forEach(this::overwrite);
    }

    private Set<String> files(String manifestBucket, String key) {
        Set<String> files = new HashSet<>();
        try {
            JsonNode manifest = JSON.readTree(
                    s3.getObjectAsBytes(r -> r.bucket(manifestBucket).key(key)).asByteArray());
            manifest.path("entries")
                    .forEach(entry -> files.add(entry.path("url").asText()));
        } catch (IOException | SdkException noManifest) {
            return Set.of();
        }
        return files;
    }

    private void overwriteLoaded() {
        for (PlannedFile file : waiting(Moment.LOADED)) {
            try {
                if (file.feed().clusters().stream()
                        .allMatch(cluster -> clusters.rows(cluster, file.feed(), file.label()) == file.rows())) {
                    synchronized (waiting) {
                        loadedBefore.add(file.url(bucket));
                    }
                    overwrite(file);
                }
            } catch (IllegalStateException closedJustNow) {
                return;
            }
        }
    }

    private List<PlannedFile> waiting(Moment moment) {
        synchronized (waiting) {
            return waiting.values().stream()
                    .filter(file -> file.overwrite().orElseThrow().moment() == moment)
                    .toList();
        }
    }

    private void overwrite(PlannedFile file) {
        Optional<PlannedFile> mine;
        synchronized (waiting) {
            mine = Optional.ofNullable(waiting.remove(file.url(bucket)));
        }
        mine.ifPresent(there -> {
            s3.putObject(r -> r.bucket(bucket).key(there.key()), RequestBody.fromBytes(there.contentAfterwards()));
            synchronized (waiting) {
                made.merge(there.overwrite().orElseThrow().moment(), 1, Integer::sum);
            }
        });
    }

    /** Overwrites what is left, whatever its moment. */
    void finish() {
        List<PlannedFile> left;
        synchronized (waiting) {
            left = new ArrayList<>(waiting.values());
        }
        left.forEach(this::overwrite);
    }

    /** The URLs of those whose first content was seen in all their clusters before they were overwritten. */
    Set<String> loadedBefore() {
        synchronized (waiting) {
            return Set.copyOf(loadedBefore);
        }
    }

    /** How many were overwritten, by the moment that was planned for them. */
    Map<Moment, Integer> made() {
        synchronized (waiting) {
            return new EnumMap<>(made);
        }
    }

    @Override
    public void close() {
        Pools.stop(clock);
    }
}
