package dev.caravan.crash;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.RouteFolders;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.aws.s3.EventDelivery;
import dev.caravan.sandbox.run.CaravanProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One process after the other on one queue and one ledger. Each is killed in the life of a case of its own, and finishes what
 * those before it have left behind.
 */
final class Lane {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final long LONGEST_WAY_SECONDS = 90;

    private final Sandbox sandbox;
    private final Trace trace;
    private final String name;
    private final Landing landing;
    private final Path folder;
    private final SyncSource source;
    private final MirrorTarget mirrored;
    private Optional<Path> archive = Optional.empty();
    private int started;

    Lane(Sandbox sandbox, Trace trace, String name) {
        this.sandbox = sandbox;
        this.trace = trace;
        this.name = name;
        landing = sandbox.landing(name);
        source = new SyncSource(sandbox, name);
        mirrored = new MirrorTarget(sandbox, name);
        folder = Path.of("target", "crash-matrix", name);
    }

    Landing landing() {
        return landing;
    }

    /** Where the rows of syncs come from. */
    SyncSource source() {
        return source;
    }

    /** Where mirrors stand. */
    MirrorTarget mirrored() {
        return mirrored;
    }

    /** The ledger's table of batches. */
    String batches() {
        return name + "-batches";
    }

    /** @param file JVM class data archive that spares each process most of its start */
    void startFrom(Path file) {
        archive = Optional.of(file);
    }

    /** The feeds of the processes that are started from now on. */
    void configure(List<Case> cases) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("feeds.camel.yaml"),
                    "- beans:\n" + source.beans()
                            + cases.stream().map(this::bean).collect(joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String bean(Case of) {
        return of.scenario().isMirror() ? mirrored.mirror(of) : of.scenario().isSync() ? source.sync(of) : feed(of);
    }

    private String feed(Case of) {
        return """
                  - name: %1$s
                    type: dev.caravan.feed.Feed
                    properties:
                      prefix: %2$s/%1$s/
                      table: %3$s
                """.formatted(of.name(), landing.bucket(), of.table())
                + of.scenario().properties().stream()
                        .map(property -> "      " + property + "\n")
                        .collect(joining());
    }

    /** Has a process killed in each case's life. Returns the last process, which goes on, and puts the cases that it could not kill into {@code missed}. */
    CaravanProcess run(List<Case> cases, List<Case> missed) {
        for (Case each : cases) {
            CaravanProcess process = start();
            awaitNoneInTheWay(each);
            CompletableFuture<Void> killed = trace.arm(each, process::kill);
            begin(each);
            try {
                killed.get(LONGEST_WAY_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                missed.add(each);
                process.kill();
            } catch (InterruptedException e) {
                process.kill();
                throw new IllegalStateException(e);
            }
        }
        return start();
    }

    /**
     * Lest a batch of an earlier case be under way at three kills in a row: then it would be set aside, as one that takes instances down. A case that is to
     * be alone waits for all others: what they load would end the hold of its cluster before it waits for that.
     */
    private void awaitNoneInTheWay(Case next) {
        await().atMost(LONGEST_START)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> sandbox.dynamoDb().scan(r -> r.tableName(batches()).consistentRead(true)).items().stream()
                        .filter(batch -> "locked"
                                .equals(batch.getOrDefault("status", AttributeValue.fromS(""))
                                        .s()))
                        .noneMatch(batch -> next.scenario().isAlone()
                                || batch.keySet().stream().anyMatch(name -> name.startsWith("deaths:"))));
    }

    /** Lets a case's files land, or its event come. */
    void begin(Case of) {
        of.scenario().fault(of.name()).ifPresent(sandbox.redshift().faults()::add);
        if (of.scenario().isSync()) {
            source.fill(of);
            trace.follow(of);
            source.ask(of);
            return;
        }
        if (of.scenario().isMirror()) {
            mirrored.fill(of);
            trace.follow(of);
            mirrored.ask(of);
            return;
        }
        trace.follow(of);
        List<List<String>> files = of.scenario().files();
        List<Runnable> kept = new ArrayList<>();
        if (of.scenario().isToldOfFirstAlone()) {
            sandbox.deliverEvents(landing.bucket(), (event, send) -> kept.add(send));
        }
        for (int file = 0; file < files.size(); file++) {
            String key = of.name() + "/" + of.scenario().object(file) + ".csv";
            String csv = String.join("\n", files.get(file)) + "\n";
            sandbox.s3().putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString(csv));
        }
        sandbox.deliverEvents(landing.bucket(), EventDelivery.promptly());
        kept.stream().limit(1).forEach(Runnable::run);
        if (files.isEmpty()) {
            String unreadable = """
                    {"Records":[{"eventName":"ObjectCreated:Put","eventTime":"2026-01-31T12:00:00Z","s3":{
                    "bucket":{"name":"%s"},"object":{"key":"%s/%%ZZ","size":4,"eTag":"e1"}}}]}""".formatted(landing.bucket(), of.name());
            sandbox.sqs().sendMessage(r -> r.queueUrl(landing.queueUrl()).messageBody(unreadable));
        }
    }

    /** Starts a process and waits until it works. */
    CaravanProcess start() {
        Map<String, String> environment = new LinkedHashMap<>(sandbox.environment());
        environment.put("CARAVAN_QUEUE", landing.queueName());
        environment.put("CARAVAN_DEAD_LETTER_QUEUE", landing.deadLetterQueueName());
        environment.put("CARAVAN_MANIFEST_PREFIX", landing.manifestBucket() + "/manifests");
        environment.put("CARAVAN_LOADED_TOPIC", landing.loadedTopicArn());
        environment.put("CARAVAN_FAILED_TOPIC", landing.failedTopicArn());
        environment.put("CARAVAN_LEDGER_TABLE_PREFIX", name);
        environment.put("CARAVAN_LEDGER_LEASE", "2s");
        environment.put("CARAVAN_LEDGER_SCAN_INTERVAL", "500ms");
        environment.put("CARAVAN_SYNC_LOOK_EVERY", "200ms");
        environment.put("CARAVAN_RECEIVE_WAIT_SECONDS", "1");
        environment.put(
                "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", "file:" + folder + "/feeds.camel.yaml," + RouteFolders.pattern());
        environment.put(
                "JAVA_TOOL_OPTIONS",
                "-XX:+UseSerialGC "
                        + archive.map(file -> "-XX:SharedArchiveFile=" + file).orElse("-XX:+RecordDynamicDumpInfo"));
        CaravanProcess process = CaravanProcess.start(environment, folder.resolve("process-" + ++started + ".log"));
        await().atMost(LONGEST_START).pollInterval(Duration.ofMillis(50)).until(process::isReady);
        return process;
    }
}
