package dev.caravan.load;

import dev.caravan.base.Quantity;
import dev.caravan.base.Troubles;
import dev.caravan.batch.Batch;
import dev.caravan.batch.ExchangeProperties;
import dev.caravan.batch.Stage;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.LeaseLost;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.WaitingList;
import dev.caravan.load.suspect.JsonPaths;
import dev.caravan.redshift.admission.Clusters;
import dev.caravan.redshift.admission.LongLoads;
import dev.caravan.redshift.failure.AlreadyLoaded;
import dev.caravan.redshift.failure.ClusterAway;
import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.redshift.failure.CopyFailure.Kind;
import dev.caravan.redshift.failure.LoadFailure;
import dev.caravan.redshift.failure.MayPass;
import dev.caravan.redshift.failure.MayPassLater;
import dev.caravan.redshift.failure.Secrets;
import dev.caravan.redshift.failure.WontPass;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows from a failure, and the way back into the ledger for a batch that is to be retried. */
public final class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    /** What takes longer is tried again by whoever is free. */
    private static final Duration HICCUP = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Ledger ledger;
    private final Clusters clusters;
    private final Predicate<String> answers;
    private final Troubles troubles;
    private final Clock clock;
    private final Duration retryFor;
    private final LongLoads loads;

    /**
     * @param answers whether a cluster answers a new connection
     * @param retryFor how long after it was locked a batch is retried
     */
    public Retries(
            Ledger ledger,
            Clusters clusters,
            Predicate<String> answers,
            Troubles troubles,
            Clock clock,
            Duration retryFor,
            LongLoads loads) {
        this.loads = loads;
        this.answers = answers;
        this.ledger = ledger;
        this.clusters = clusters;
        this.troubles = troubles;
        this.clock = clock;
        this.retryFor = retryFor;
    }

    /** What an exchange's step has thrown, as what follows from it: for {@code errors.camel.yaml} to choose by. */
    LoadFailure typed(Exception thrown, Exchange exchange) {
        Kind kind = judged(thrown, exchange).kind();
        if (kind == Kind.ALREADY_LOADED) {
            return new AlreadyLoaded(thrown);
        }
        if (!wouldPass(kind) || isOver(Attempt.batchOf(exchange))) {
            return new WontPass(thrown);
        }
        if (kind == Kind.AWAY) {
            return new ClusterAway(thrown);
        }
        return took(exchange).compareTo(HICCUP) > 0 || tooLong(exchange).isPresent()
                ? new MayPassLater(thrown)
                : new MayPass(thrown);
    }

    /** For routes of others: the failure that they handle may pass by itself, and there is time left to wait for that. */
    public boolean mayPass(Exchange exchange) {
        Kind kind = failure(exchange).kind();
        return wouldPass(kind) && kind != Kind.AWAY && !isOver(Attempt.batchOf(exchange));
    }

    private static boolean wouldPass(Kind kind) {
        return kind == Kind.PASSING || kind == Kind.UNREACHABLE || kind == Kind.AWAY;
    }

    private Duration took(Exchange exchange) {
        Instant now = clock.instant();
        return Duration.between(CopySteps.started(exchange).orElse(now), now);
    }

    private Optional<String> tooLong(Exchange exchange) {
        return CopySteps.started(exchange)
                .flatMap(unused -> loads.tooLong(took(exchange), CopySteps.cluster(exchange)));
    }

    /** Notes why the batch isn't in a cluster yet; route {@code load} gives it up once its other clusters are done. */
    public void note(Exchange exchange) {
        Batch batch = Attempt.batchOf(exchange);
        String cluster = CopySteps.cluster(exchange);
        CopyFailure failure = failure(exchange);
        tell(cluster, failure, batch);
        try {
            Optional<String> tooLong = tooLong(exchange);
            tooLong.ifPresent(words -> LOG.warn("Batch {} is given up for now: {}", batch.id(), words));
            ledger.note(batch, tooLong.map(words -> words + ": ").orElse("") + failure.reason());
        } catch (LeaseLost e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    /**
     * What a load's failure says of its cluster: that it is to be held, or that it works. A connection that ended may be this load's alone: the cluster
     * is held if it doesn't answer another one.
     */
    void tell(String cluster, CopyFailure failure, Batch batch) {
        if (failure.kind() == Kind.AWAY || failure.kind() == Kind.UNREACHABLE) {
            if (failure.isOfConnection() && clusters.held(cluster).isEmpty() && answers.test(cluster)) {
                LOG.warn("Cluster {} answers, so it isn't held: {}", cluster, failure.problem());
                return;
            }
            if (failure.isOfLogin()) {
                clusters.refused(cluster, failure.problem(), batch.id());
            } else {
                clusters.hold(cluster, failure.problem(), batch.id());
            }
        } else if (!failure.sqlState().isEmpty()) {
            clusters.works(cluster, batch.id());
        }
    }

    /**
     * Gives the batch up: until its feed is paused no more; until one of its clusters takes loads again, or has room, if none does now; else each
     * time for a longer pause.
     * Then any instance takes it over. A batch that another instance has taken over is left to it.
     */
    public void postpone(Exchange exchange) {
        Batch batch = Attempt.batchOf(exchange);
        try {
            Throwable caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
            Conflict conflict = ObjectHelper.getException(Conflict.class, caught);
            if (caught instanceof NotYetLoaded && exchange.getContext().isStopping()) {
                ledger.handOver(batch.id());
            } else if (caught instanceof NotYetLoaded waiting) {
                postpone(batch, waiting);
            } else if (conflict != null) {
                postpone(batch, conflict);
            } else {
                CopyFailure failure = failure(exchange);
                Duration pause = pause(batch.pauses());
                boolean ledgers = ObjectHelper.getException(LedgerUnavailable.class, caught) != null;
                String service = ledgers ? Troubles.LEDGER : service(batch, exchange);
                String problem = service.equals(Troubles.WEBHOOK)
                        ? Secrets.scrub(String.valueOf(caught.getMessage()))
                        : failure.problem();
                String waits = problem + ". Batches wait and are tried again";
                ledger.postpone(batch, clock.instant().plus(pause), "trouble with " + service + ": " + waits);
                troubles.begin(service, waits);
            }
        } catch (LeaseLost e) {
            LOG.warn("{}", e.getMessage());
        } catch (LedgerUnavailable e) {
            // Then the lease runs out, and the batch is taken over all the same.
            troubles.begin(Troubles.LEDGER, String.valueOf(e.getMessage()));
        }
    }

    /** Others have changed the batch: nothing is in trouble. */
    private void postpone(Batch batch, Conflict conflict) {
        Instant until = clock.instant().plus(pause(batch.pauses()));
        ledger.postpone(batch, until, String.valueOf(conflict.getMessage()));
        LOG.info("Batch {} (attempt {}) waits until {}: {}", batch.id(), batch.attempt(), until, conflict.getMessage());
    }

    private void postpone(Batch batch, NotYetLoaded waiting) {
        Optional<String> paused = clusters.paused(batch.feed());
        if (paused.isPresent()) {
            hold(batch, FeedPauses.waitedFor(batch.feed()), paused.get());
            return;
        }
        List<String> closed = waiting.clusters().stream()
                .filter(cluster -> clusters.closed(cluster).isPresent())
                .toList();
        List<String> withoutRoom = waiting.withoutRoom();
        if (waiting.clusters().stream()
                .allMatch(cluster -> closed.contains(cluster) || withoutRoom.contains(cluster))) {
            hold(
                    batch,
                    withoutRoom.isEmpty()
                            ? WaitingList.clusters(waiting.clusters())
                            : WaitingList.turn(batch.feed(), waiting.clusters()),
                    Stream.concat(
                                    closed.stream().flatMap(cluster -> clusters.closed(cluster).stream()),
                                    withoutRoom.stream().map(cluster -> noRoom(batch, cluster)))
                            .distinct()
                            .collect(Collectors.joining("; ")));
            return;
        }
        Instant until = clock.instant().plus(pause(batch.pauses()));
        ledger.postpone(batch, until, waiting.reason());
        LOG.warn("Batch {} (attempt {}) waits until {}: {}", batch.id(), batch.attempt(), until, waiting.reason());
    }

    private void hold(Batch batch, String list, String reason) {
        ledger.hold(batch, list, reason);
        clusters.waitsIn(list);
        LOG.debug("Batch {} waits: {}", batch.id(), reason);
    }

    private static String noRoom(Batch batch, String cluster) {
        return "other batches of feed " + batch.feed() + " wait for their turn in cluster " + cluster + " before it";
    }

    /** S3 took the manifest. */
    void worked() {
        troubles.over(Troubles.S3, "what has waited is tried again when its pause is over");
    }

    /** What a stage outside of the clusters needs. */
    private static String service(Batch batch, Exchange exchange) {
        return batch.stage() == Stage.NOTIFY
                ? exchange.getProperty(ExchangeProperties.SERVICE, Troubles.SNS, String.class)
                : Troubles.S3;
    }

    /** Whether a batch has been retried for as long as is allowed. */
    private boolean isOver(Batch batch) {
        return !clock.instant()
                .isBefore(batch.locked().orElseGet(clock::instant).plus(retryFor));
    }

    /** Why a batch fails: in the failure's words, or, if it would have been retried, that this has taken too long. */
    String finalReason(CopyFailure failure) {
        return wouldPass(failure.kind()) ? givenUp(failure.problem()) : failure.reason();
    }

    /** Why a batch fails that has waited for as long as is allowed. */
    private String givenUp(String why) {
        return "given up after " + Quantity.inWords(retryFor) + " (caravan.load.retry-for): " + why
                + ". See to that, then reprocess the batch.";
    }

    static CopyFailure failure(Exchange exchange) {
        Throwable first = exchange.getProperty(ExchangeProperties.FAILURE, Throwable.class);
        Throwable caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        return judged(first != null ? first : caught, exchange);
    }

    /** What a failure means for the exchange's feed. */
    static CopyFailure judged(Throwable thrown, Exchange exchange) {
        CopyFailure failure = CopyFailure.of(thrown);
        return exchange.getProperty(ExchangeProperties.FEED) == null
                ? failure
                : JsonPaths.judged(Attempt.target(exchange), failure);
    }

    private static Duration pause(int before) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(10, before));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
