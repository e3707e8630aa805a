package dev.caravan.sandbox.faults;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** The rules in force of one stand-in, in the order in which they were added. Any thread may call. */
public final class StandingRules<F> implements Iterable<StandingRules<F>.Standing> {
    private static final long POLL_MILLIS = 10;

    private final List<Standing> standing = new CopyOnWriteArrayList<>();
    private final AtomicInteger clearings = new AtomicInteger();
    private final AtomicLong struck = new AtomicLong();
    private Random seeds = new Random();

    public synchronized void add(FaultRule<F> rule) {
        standing.add(new Standing(rule, new Random(seeds.nextLong())));
    }

    /** Removes a rule that was added; does nothing if it has struck as often as it may. Pauses that have begun go on. */
    public synchronized void remove(FaultRule<F> rule) {
        standing.removeIf(each -> each.rule.equals(rule)); // a pattern equals itself only
    }

    /** Removes all rules, and ends the pauses that they have caused. */
    public void clear() {
        standing.clear();
        clearings.incrementAndGet();
    }

    /** Makes the chances of the rules that are added from now on repeatable. */
    public synchronized void seed(long seed) {
        seeds = new Random(seed);
    }

    public boolean isEmpty() {
        return standing.isEmpty();
    }

    /** How often rules have struck since the start. */
    public long struck() {
        return struck.get();
    }

    /** The rules that can still strike, with how often. */
    public List<String> active() {
        return standing.stream().map(Standing::toString).toList();
    }

    @Override
    public Iterator<Standing> iterator() {
        return standing.iterator();
    }

    /** Waits; false if that was cancelled. Clearing the rules ends it. */
    public boolean pause(Duration length, BooleanSupplier cancelled) {
        long end = System.nanoTime() + length.toNanos();
        int clearing = clearings.get();
        try {
            for (long left = length.toMillis();
                    left > 0 && clearings.get() == clearing;
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                if (cancelled.getAsBoolean()) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(Math.min(left, POLL_MILLIS));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A rule and how often it may still strike. */
    public final class Standing {
        private final FaultRule<F> rule;
        private final Random chance;
        private int skip;
        private int left;

        private Standing(FaultRule<F> rule, Random chance) {
            this.rule = rule;
            this.chance = chance;
            this.skip = rule.skip();
            this.left = rule.times();
        }

        public FaultRule<F> rule() {
            return rule;
        }

        public boolean matches(String subject) {
            return rule.match().matcher(subject).find();
        }

        /** Whether it strikes now, which uses up one of its times. To be asked once at each occasion of its fault. */
        public synchronized boolean strikes(String subject) {
            if (left < 0 || !matches(subject)) {
                return false;
            }
            if (skip > 0) {
                skip--;
                return false;
            }
            if (rule.rate() < 1 && chance.nextDouble() >= rule.rate()) {
                return false;
            }
            if (rule.times() > 0 && --left == 0) {
                left = -1;
                standing.remove(this);
            }
            struck.incrementAndGet();
            return true;
        }

        @Override
        public synchronized String toString() {
            return rule.name() + " match=\"" + rule.match() + "\" skip=" + skip
                    + (rule.rate() < 1 ? " rate=" + rule.rate() : "")
                    + (rule.times() == 0 ? " forever" : " times=" + left);
        }
    }
}
