package dev.caravan.load.turn;

import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.batch.Batch;
import dev.caravan.load.Attempt;
import dev.caravan.load.CopySteps;
import dev.caravan.redshift.admission.Room;
import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.redshift.login.ClusterLogins;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Loads of one table take turns, in the order in which their batches were locked; loads of different tables go side by side, as many for a
 * cluster as its pool has connections. Whoever waits holds no thread and no connection. Whoever has waited begins only if its cluster still takes
 * loads and the batch is still this instance's. Other instances' loads of the same table are kept apart by the lock within the load.
 */
public final class Turns extends AsyncProcessorSupport {
    private static final int AT_ONCE = 4;

    private final CopyStatement statement;
    private final Room room;
    private final StillWanted stillWanted;
    private final Executor executor;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, Gate> gates = new HashMap<>();
    private volatile boolean stopping;

    /** Asked when a batch has waited for its turn. */
    public interface StillWanted {
        /** Whether the batch is this instance's, and the cluster takes it. Never throws. */
        boolean in(String cluster, Batch batch);
    }

    /**
     * @param room is told who waits
     * @param executor runs what has waited
     */
    public Turns(CopyStatement statement, Room room, StillWanted stillWanted, Executor executor) {
        this.statement = statement;
        this.room = room;
        this.stillWanted = stillWanted;
        this.executor = executor;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        String cluster = CopySteps.cluster(exchange);
        String table = statement.ledgerTable(Attempt.target(exchange).table());
        Batch batch = Attempt.batchOf(exchange);
        Gate gate = gate(cluster, exchange);
        Runnable turn = () -> {
            exchange.setRouteStop(stopping || !stillWanted.in(cluster, batch));
            callback.done(false);
        };
        Waiting waiting =
                new Waiting(batch.feed(), table, batch.locked().orElse(Instant.EPOCH), numbers.incrementAndGet(), turn);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                gate.leave(waiting).ifPresent(executor::execute);
            }
        });
        if (gate.enter(waiting)) {
            callback.done(true);
            return true;
        }
        if (stopping) {
            giveUp();
        }
        return false;
    }

    /** This instance stops: who waits begins no more, and can be handed over at once. */
    public void stopping() {
        stopping = true;
        giveUp();
    }

    private void giveUp() {
        List<Gate> all;
        synchronized (gates) {
            all = List.copyOf(gates.values());
        }
        all.forEach(gate -> gate.clear().forEach(executor::execute));
    }

    private Gate gate(String cluster, Exchange exchange) {
        synchronized (gates) {
            return gates.computeIfAbsent(cluster, name -> {
                DataSource source = exchange.getContext().getRegistry().lookupByNameAndType(name, DataSource.class);
                int most = source instanceof HikariDataSource pool ? ClusterLogins.loadsAtOnce(pool) : AT_ONCE;
                return new Gate(cluster, room, most);
            });
        }
    }

    private record Waiting(String feed, String table, Instant locked, long number, Runnable turn) {}

    /** One cluster's. */
    private static final class Gate {
        private final String cluster;
        private final Room room;
        private final int most;
        private final Map<String, Waiting> tables = new HashMap<>();
        private final Set<Waiting> queue =
                new TreeSet<>(Comparator.comparing(Waiting::locked).thenComparing(Waiting::number));

        Gate(String cluster, Room room, int most) {
            this.cluster = cluster;
            this.room = room;
            this.most = most;
        }

        synchronized boolean enter(Waiting waiting) {
            if (tables.size() < most && tables.putIfAbsent(waiting.table(), waiting) == null) {
                return true;
            }
            queue.add(waiting);
            room.enter(waiting.feed(), cluster);
            return false;
        }

        /** Whose turn it is now that one is over, or given up while it waited. */
        synchronized Optional<Runnable> leave(Waiting gone) {
            if (queue.contains(gone)) {
                dequeue(gone);
                return Optional.empty();
            }
            if (!tables.remove(gone.table(), gone)) {
                return Optional.empty();
            }
            for (Waiting waiting : queue) {
                if (!tables.containsKey(waiting.table())) {
                    tables.put(waiting.table(), waiting);
                    dequeue(waiting);
                    return Optional.of(waiting.turn());
                }
            }
            return Optional.empty();
        }

        /** Nobody waits any more. Those who did. */
        synchronized List<Runnable> clear() {
            List<Waiting> all = List.copyOf(queue);
            all.forEach(this::dequeue);
            return all.stream().map(Waiting::turn).toList();
        }

        private void dequeue(Waiting waiting) {
            queue.remove(waiting);
            room.leave(waiting.feed(), cluster);
        }
    }
}
