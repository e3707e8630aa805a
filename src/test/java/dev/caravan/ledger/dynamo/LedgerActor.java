package dev.caravan.ledger.dynamo;

import dev.caravan.MutableClock;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.Stage;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.BatchSteering;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.KnownFiles;
import dev.caravan.ledger.LeaseLost;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One instance, and an operator, who do what steps say. What it has seen of batches it shares with the others, so that they get in each other's way. */
public final class LedgerActor {
    static final Duration LEASE = Duration.ofSeconds(60);
    static final List<String> CLUSTERS = List.of("east", "west");
    private static final List<String> FEEDS = List.of("web", "web-shop");
    private static final Instant CREATED = Instant.parse("2026-01-31T11:00:00.123Z");
    private static final int FILES = 60;

    final String name;
    private final DynamoDbLedger ledger;
    private final BatchSteering steering;
    private final MutableClock clock;
    private final List<Batch> seen;
    private final List<String> mine = new CopyOnWriteArrayList<>();

    /**
     * What a step did.
     *
     * @param batch the batch as it was acted on
     * @param files those that were to join it, to be quarantined, or to be reloaded
     * @param clusters those of a reload, of a hold or of a quarantine
     */
    record Done(LedgerStep step, Optional<Batch> batch, List<FileEntry> files, List<String> clusters, End end) {}

    /** How a step ended. */
    sealed interface End {
        /** The ledger has changed; with the batch as the ledger says that it now stands. */
        record Changed(Optional<Batch> now) implements End {}

        /** The ledger says that it hasn't changed. */
        record Refused(List<FileEntry> known) implements End {}

        /** There was nothing to act on. */
        record Nothing() implements End {}

        /** Nobody knows. */
        record Unknown() implements End {}
    }

    /** @param seen a list that any thread may use */
    LedgerActor(DynamoDbClient client, String tables, String name, MutableClock clock, List<Batch> seen) {
        this.name = name;
        this.clock = clock;
        this.seen = seen;
        ledger = new DynamoDbLedger(client, settings(tables, name), clock);
        steering = new DynamoDbBatchSteering(client, settings(tables, name), clock);
    }

    public static LedgerSettings settings(String tables, String owner) {
        return new LedgerSettings(tables, owner, LEASE, Duration.ofDays(3650));
    }

    DynamoDbLedger ledger() {
        return ledger;
    }

    Done act(LedgerStep step) {
        return switch (step.op()) {
            case ADD, LOCK -> join(step);
            case RELOAD -> reload(step);
            case REPROCESS -> reprocess(step);
            case ADVANCE -> {
                clock.advance(LEASE.dividedBy(2).plusSeconds(10L * step.size()));
                yield new Done(step, Optional.empty(), List.of(), List.of(), new End.Changed(Optional.empty()));
            }
            default -> locked(step);
        };
    }

    private Done join(LedgerStep step) {
        String feed = FEEDS.get(step.which() % FEEDS.size());
        Batch open = open(feed, step);
        int least = step.op() == LedgerStep.Op.LOCK && !open.isFresh() ? 0 : 1;
        List<FileEntry> files = IntStream.range(step.from(), step.from() + least + step.size())
                .mapToObj(i -> file(feed, i % FILES))
                .distinct()
                .toList();
        End end = attempt(
                step.op() == LedgerStep.Op.LOCK,
                () -> Optional.of(
                        step.op() == LedgerStep.Op.ADD ? ledger.add(open, files) : ledger.lock(open, files, "size")));
        return new Done(step, Optional.of(open), files, List.of(), end);
    }

    private Batch open(String feed, LedgerStep step) {
        List<Batch> ofFeed =
                seen.stream().filter(batch -> batch.feed().equals(feed)).toList();
        if (step.stale() && !ofFeed.isEmpty() && step.who() > 0) {
            return ofFeed.get(step.which() % ofFeed.size());
        }
        String shard = step.from() % 3 == 0 ? name : Batch.SHARED;
        Batch fresh = Batch.fresh(
                BatchId.next(feed, clock.instant()),
                feed,
                feed,
                shard,
                clock.instant(),
                clock.instant().plus(LEASE));
        return step.stale() ? fresh : ledger.open(feed, feed, shard).orElse(fresh);
    }

    private Done locked(LedgerStep step) {
        Optional<Batch> picked = pick(step);
        String cluster = cluster(step);
        if (picked.isEmpty()) {
            return new Done(step, picked, List.of(), List.of(cluster), new End.Nothing());
        }
        Batch batch = picked.get();
        List<FileEntry> files = step.op() == LedgerStep.Op.QUARANTINE ? some(batch, step) : List.of();
        if (step.op() == LedgerStep.Op.QUARANTINE && files.isEmpty()) {
            return new Done(step, picked, files, List.of(cluster), new End.Nothing());
        }
        Instant now = clock.instant();
        boolean taking = step.op() == LedgerStep.Op.TAKE_OVER || step.op() == LedgerStep.Op.RESUME;
        End end = attempt(taking, () -> switch (step.op()) {
            case REACH -> Optional.of(ledger.reach(batch, step.stale() ? Stage.MANIFEST : Stage.NOTIFY));
            case MANIFEST -> Optional.of(ledger.manifest(batch, "s3://ops/" + batch.id() + "-1.manifest"));
            case OUTCOME ->
                Optional.of(
                        step.from() % 3 == 0
                                ? ledger.lastOutcome(batch, outcome(cluster, step, now))
                                : ledger.outcome(batch, outcome(cluster, step, now)));
            case QUARANTINE -> Optional.of(ledger.quarantine(batch, refused(files, cluster, batch)));
            case NOTE -> Optional.of(ledger.note(batch, "noted by " + name));
            case HOLD -> Optional.of(ledger.hold(batch, cluster, "resizing"));
            case RESUME -> ledger.resume(batch.id(), cluster);
            case POSTPONE -> Optional.of(ledger.postpone(batch, now.plusSeconds(10L * step.size()), "later"));
            case TAKE_OVER -> ledger.takeOver(batch.id());
            case CONFIRM -> ledger.confirm(batch.id());
            case UNLOCK -> Optional.of(steering.unlock(batch.id()));
            case FLUSH -> Optional.of(steering.flush(batch));
            case RENEW -> {
                ledger.renew(batch.id());
                yield ledger.find(batch.id());
            }
            case HAND_OVER -> {
                ledger.handOver(batch.id());
                yield ledger.find(batch.id());
            }
            default -> throw new IllegalArgumentException(step.op() + " is not about a locked batch");
        });
        return new Done(step, picked, files, List.of(cluster), end);
    }

    private Done reload(LedgerStep step) {
        Optional<Batch> picked = pick(step);
        List<FileEntry> files = picked.map(batch -> some(batch, step)).orElse(List.of());
        Optional<Ledger.KnownFile> known = files.stream()
                .flatMap(file -> ledger.known(file.url()).stream())
                .filter(file -> !file.quarantined().isEmpty())
                .findFirst();
        if (known.isEmpty()) {
            return new Done(step, picked, List.of(), List.of(), new End.Nothing());
        }
        List<String> refusing = List.copyOf(known.get().quarantined().keySet());
        List<String> clusters = refusing.subList(0, step.stale() ? 1 : refusing.size());
        Ledger.KnownFile asSeen = step.stale() && step.who() > 0
                ? new Ledger.KnownFile(
                        known.get().file(),
                        picked.orElseThrow().id(),
                        known.get().quarantined())
                : known.get();
        End end = attempt(false, () -> Optional.of(ledger.reload(asSeen, clusters)));
        Optional<Batch> in = ledger.find(asSeen.batch());
        return new Done(step, in, List.of(asSeen.file()), clusters, end);
    }

    private Done reprocess(LedgerStep step) {
        Optional<Batch> picked = pick(step).filter(LedgerActor::hasEnded);
        String cluster = cluster(step);
        if (picked.isEmpty()) {
            return new Done(step, picked, List.of(), List.of(cluster), new End.Nothing());
        }
        Batch batch = picked.get();
        List<FileEntry> files = step.from() % 2 == 0 ? List.of() : some(batch, step);
        List<String> failed = batch.outcomes().values().stream()
                .filter(Outcome.Failed.class::isInstance)
                .map(Outcome::cluster)
                .toList();
        List<QuarantinedFile> omitted = files.stream()
                .map(file -> QuarantinedFile.omitted(file, cluster, batch.attempt()))
                .toList();
        End end = attempt(false, () -> Optional.of(steering.reprocess(batch, failed, omitted)));
        return new Done(step, picked, files, List.of(cluster), end);
    }

    private static boolean hasEnded(Batch batch) {
        return batch.status() == BatchStatus.COMPLETE || batch.status() == BatchStatus.ERROR;
    }

    /** What a real instance would act on; or, if it is stale, anything that anybody has ever seen. */
    private Optional<Batch> pick(LedgerStep step) {
        List<Batch> all = List.copyOf(seen);
        if (step.stale()) {
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(step.which() % all.size()));
        }
        List<String> ids = switch (step.op()) {
            case TAKE_OVER ->
                ledger.waiting(clock.instant()).stream().map(Ledger.Waiting::id).toList();
            case RESUME ->
                ledger.held(cluster(step)).stream().map(Ledger.Held::id).toList();
            case RELOAD ->
                all.stream()
                        .filter(batch -> batch.quarantined() > 0)
                        .map(Batch::id)
                        .distinct()
                        .toList();
            case REPROCESS, UNLOCK, FLUSH ->
                all.stream()
                        .map(Batch::id)
                        .distinct()
                        .filter(id -> isFor(step.op(), ledger.find(id).orElseThrow()))
                        .toList();
            default ->
                mine.stream()
                        .filter(id -> ledger.find(id).orElseThrow().status() == BatchStatus.LOCKED)
                        .toList();
        };
        return ids.isEmpty() ? Optional.empty() : ledger.find(ids.get(step.which() % ids.size()));
    }

    private static boolean isFor(LedgerStep.Op op, Batch batch) {
        return switch (op) {
            case UNLOCK -> batch.status() == BatchStatus.LOCKED;
            case FLUSH -> batch.status() == BatchStatus.OPEN;
            default -> hasEnded(batch);
        };
    }

    private static String cluster(LedgerStep step) {
        return CLUSTERS.get(step.size() % CLUSTERS.size());
    }

    private List<FileEntry> some(Batch batch, LedgerStep step) {
        List<FileEntry> files = new ArrayList<>();
        ledger.find(batch.id())
                .filter(now -> now.status() != BatchStatus.OPEN)
                .ifPresent(now -> ledger.files(now, files::add));
        int from = files.isEmpty() ? 0 : step.from() % files.size();
        return List.copyOf(files.subList(from, Math.min(from + 1 + step.size() / 2, files.size())));
    }

    private static List<QuarantinedFile> refused(List<FileEntry> files, String cluster, Batch batch) {
        return files.stream()
                .map(file -> new QuarantinedFile(
                        file, cluster, batch.attempt(), new BadRow(file.url(), 1, "id", "x", 1207, "Invalid digit")))
                .toList();
    }

    private static Outcome outcome(String cluster, LedgerStep step, Instant now) {
        return step.which() % 4 == 0
                ? new Outcome.Failed(cluster, now, "no such table", "42P01", List.of())
                : new Outcome.Loaded(cluster, now, 1, 1, "s3://ops/m-1.manifest");
    }

    private static FileEntry file(String feed, int i) {
        return new FileEntry(feed, "s3://landing/file " + i, "v" + i % 2, 10 + i, CREATED);
    }

    private interface Attempt {
        Optional<Batch> now() throws Conflict, KnownFiles;
    }

    private End attempt(boolean taking, Attempt attempt) {
        try {
            Optional<Batch> now = attempt.now();
            now.ifPresent(batch -> {
                seen.add(batch);
                if (taking && !mine.contains(batch.id())) {
                    mine.add(batch.id());
                }
            });
            return now.isPresent() ? new End.Changed(now) : new End.Refused(List.of());
        } catch (KnownFiles e) {
            return new End.Refused(e.files());
        } catch (Conflict | LeaseLost e) {
            return new End.Refused(List.of());
        } catch (LedgerUnavailable e) {
            return new End.Unknown();
        }
    }
}
