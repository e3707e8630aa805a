package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The rules in force. Shared by Java callers, HTTP and all sessions; any thread may call. */
public final class Faults {
    private static final long POLL_MILLIS = 10;

    private final List<Standing> standing = new CopyOnWriteArrayList<>();
    private final AtomicInteger clearings = new AtomicInteger();
    private volatile Consumer<Boolean> refusing = refuse -> {};

    Faults() {}

    /** Adds a rule; see {@link FaultRule} for the text. */
    public void add(String rule) {
        add(FaultRule.parse(rule));
    }

    public void add(FaultRule rule) {
        standing.add(new Standing(rule));
        tellListener();
    }

    /** Removes all rules, and ends the pauses that they have caused. */
    public void clear() {
        standing.clear();
        clearings.incrementAndGet();
        tellListener();
    }

    /** The rules that can still strike, with how often. */
    public List<String> active() {
        return standing.stream().map(Standing::toString).toList();
    }

    /** @param listener is told whether connections are to be refused */
    void onRefusing(Consumer<Boolean> listener) {
        refusing = listener;
    }

    private void tellListener() {
        refusing.accept(standing.stream().anyMatch(s -> s.rule.fault() == Fault.CONNECTION_REFUSED));
    }

    boolean isEmpty() {
        return standing.isEmpty();
    }

    /**
     * Lets the rules of a point strike.
     *
     * @param cancelled ends a pause
     * @throws ServerError the failure asked for
     * @throws ConnectionReset when the client's connection is to be reset
     */
    void strike(Fault.Point point, String subject, BooleanSupplier cancelled) throws ServerError {
        for (Standing s : standing) {
            if (s.strikes(point, subject)) {
                act(s.rule, subject, cancelled);
            }
        }
    }

    /** As {@link #strike}, within a COPY, after each row. */
    void strikeRow(String sql, long rows, BooleanSupplier cancelled) throws ServerError {
        for (Standing s : standing) {
            boolean slow = s.rule.fault() == Fault.SLOW_COPY;
            boolean due = slow ? rows % s.rule.rows() == 0 : rows == s.rule.rows();
            if (s.rule.fault().point() == Fault.Point.ROW && due) {
                if (slow ? s.matches(sql) : s.strikes(Fault.Point.ROW, sql)) {
                    act(s.rule, sql, cancelled);
                }
            }
        }
    }

    /** Whether the answer to this statement is to be lost. */
    boolean losesAnswer(String sql) {
        List<Standing> struck = new ArrayList<>();
        standing.stream().filter(s -> s.strikes(Fault.Point.ANSWER, sql)).forEach(struck::add);
        return !struck.isEmpty();
    }

    private void act(FaultRule rule, String subject, BooleanSupplier cancelled) throws ServerError {
        if (rule.fault().isReset()) {
            throw new ConnectionReset();
        }
        if (rule.fault().isPause()) {
            pause(rule.pause().toMillis(), cancelled);
        }
        Optional<ServerError> error = rule.fault().error(subject);
        if (error.isPresent()) {
            throw error.get();
        }
    }

    private void pause(long millis, BooleanSupplier cancelled) throws ServerError {
        long end = System.nanoTime() + millis * 1_000_000;
        int clearing = clearings.get();
        try {
            while (System.nanoTime() < end && clearings.get() == clearing) {
                if (cancelled.getAsBoolean()) {
                    throw Errors.cancelled(0);
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errors.cancelled(0);
        }
    }

    /** A rule and how often it may still strike. */
    private final class Standing {
        private final FaultRule rule;
        private int skip;
        private int left;

        Standing(FaultRule rule) {
            this.rule = rule;
            this.skip = rule.skip();
            this.left = rule.times();
        }

        boolean matches(String subject) {
            return rule.match().matcher(subject).find();
        }

        synchronized boolean strikes(Fault.Point point, String subject) {
            if (rule.fault().point() != point || !matches(subject) || left < 0) {
                return false;
            }
            if (skip > 0) {
                skip--;
                return false;
            }
            if (rule.times() > 0 && --left == 0) {
                left = -1;
                standing.remove(this);
            }
            return true;
        }

        @Override
        public synchronized String toString() {
            return rule.fault().text() + " match=\"" + rule.match() + "\" skip=" + skip
                    + (rule.times() == 0 ? " forever" : " times=" + left);
        }
    }
}
