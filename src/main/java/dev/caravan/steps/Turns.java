package dev.caravan.steps;

import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.access.ClusterLogins;
import dev.caravan.batch.Batch;
import dev.caravan.copy.CopyStatement;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
 * cluster as its pool has connections. Whoever waits holds no thread and no connection. Other instances' loads of the same table are
 * kept apart by the lock within the load.
 */
public final class Turns extends AsyncProcessorSupport {
    private static final int AT_ONCE = 4;

    private final CopyStatement statement;
    private final Executor executor;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, Gate> gates = new HashMap<>();

    /** @param executor runs what has waited */
    public Turns(CopyStatement statement, Executor executor) {
        this.statement = statement;
        this.executor = executor;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        String cluster = CopySteps.cluster(exchange);
        String table = statement.ledgerTable(LoadSteps.feed(exchange).table());
        Batch batch = LoadSteps.batchOf(exchange);
        Gate gate = gate(cluster, exchange);
        Waiting waiting = new Waiting(
                table, batch.locked().orElse(Instant.EPOCH), numbers.incrementAndGet(), () -> callback.done(false));
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
        return false;
    }

    private Gate gate(String cluster, Exchange exchange) {
        synchronized (gates) {
            return gates.computeIfAbsent(cluster, name -> {
                DataSource source = exchange.getContext().getRegistry().lookupByNameAndType(name, DataSource.class);
                return new Gate(source instanceof HikariDataSource pool ? ClusterLogins.loadsAtOnce(pool) : AT_ONCE);
            });
        }
    }

    private record Waiting(String table, Instant locked, long number, Runnable turn) {}

    /** One cluster's. */
    private static final class Gate {
        private final int most;
        private final Set<String> tables = new HashSet<>();
        private final Set<Waiting> queue =
                new TreeSet<>(Comparator.comparing(Waiting::locked).thenComparing(Waiting::number));

        Gate(int most) {
            this.most = most;
        }

        synchronized boolean enter(Waiting waiting) {
            if (tables.size() < most && tables.add(waiting.table())) {
                return true;
            }
            queue.add(waiting);
            return false;
        }

        /** Whose turn it is now that one is over, or given up while it waited. */
        synchronized Optional<Runnable> leave(Waiting gone) {
            if (queue.remove(gone)) {
                return Optional.empty();
            }
            tables.remove(gone.table());
            for (Waiting waiting : queue) {
                if (!tables.contains(waiting.table())) {
                    tables.add(waiting.table());
                    queue.remove(waiting);
                    return Optional.of(waiting.turn());
                }
            }
            return Optional.empty();
        }
    }
}
