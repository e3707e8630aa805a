package dev.caravan.sandbox.redshift.fault;

import dev.caravan.sandbox.faults.FaultRule;
import dev.caravan.sandbox.faults.FaultRules;
import dev.caravan.sandbox.faults.RuleText;
import dev.caravan.sandbox.faults.StandingRules;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The rules in force. Shared by Java callers, HTTP and all sessions; any thread may call. */
public final class Faults implements FaultRules {
    private static final RuleText<Fault> TEXT = new RuleText<>(
            1, Fault::named, Fault::defaultMatch, List.of("match", "times", "forever", "skip", "rate", "ms", "rows"));

    private final StandingRules<Fault> rules = new StandingRules<>();
    private volatile Consumer<Boolean> refusing = refuse -> {};

    public Faults() {}

    @Override
    public Runnable reading(String rule) {
        FaultRule<Fault> read = TEXT.parse(rule);
        return () -> {
            rules.add(read);
            tellListener();
        };
    }

    @Override
    public Runnable begin(String rule) {
        FaultRule<Fault> read = TEXT.parse(rule);
        rules.add(read);
        tellListener();
        return () -> {
            rules.remove(read);
            tellListener();
        };
    }

    @Override
    public void clear() {
        rules.clear();
        tellListener();
    }

    @Override
    public List<String> active() {
        return rules.active();
    }

    @Override
    public List<String> names() {
        return Arrays.stream(Fault.values()).map(Fault::text).toList();
    }

    /** Makes the chances of the rules that are added from now on repeatable. */
    public void seed(long seed) {
        rules.seed(seed);
    }

    /** How often rules have struck since the start. */
    public long struck() {
        return rules.struck();
    }

    /** @param listener is told whether connections are to be refused */
    public void onRefusing(Consumer<Boolean> listener) {
        refusing = listener;
    }

    private void tellListener() {
        boolean refuse = false;
        for (var standing : rules) {
            refuse |= standing.rule().fault() == Fault.CONNECTION_REFUSED;
        }
        refusing.accept(refuse);
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * Lets the rules of a point strike.
     *
     * @param cancelled ends a pause
     * @throws ServerError the failure asked for
     * @throws ConnectionReset when the client's connection is to be reset
     */
    public void strike(Fault.Point point, String subject, BooleanSupplier cancelled) throws ServerError {
        for (var standing : rules) {
            if (standing.rule().fault().point() == point && standing.strikes(subject)) {
                act(standing.rule(), subject, cancelled);
            }
        }
    }

    /** As {@link #strike}, within a COPY, after each row. */
    public void strikeRow(String sql, long rows, BooleanSupplier cancelled) throws ServerError {
        for (var standing : rules) {
            FaultRule<Fault> rule = standing.rule();
            boolean slow = rule.fault() == Fault.SLOW_COPY;
            boolean due = slow ? rows % rule.rows() == 0 : rows == rule.rows();
            if (rule.fault().point() == Fault.Point.ROW && due) {
                if (slow ? standing.matches(sql) : standing.strikes(sql)) {
                    act(rule, sql, cancelled);
                }
            }
        }
    }

    /** Whether the answer to this statement is to be lost. */
    public boolean losesAnswer(String sql) {
        boolean lost = false;
        for (var standing : rules) {
            lost |= standing.rule().fault().point() == Fault.Point.ANSWER && standing.strikes(sql);
        }
        return lost;
    }

    /** Whether this COPY is to load nothing. */
    public boolean empties(String sql) {
        boolean empty = false;
        for (var standing : rules) {
            empty |= standing.rule().fault().point() == Fault.Point.FILES && standing.strikes(sql);
        }
        return empty;
    }

    private void act(FaultRule<Fault> rule, String subject, BooleanSupplier cancelled) throws ServerError {
        if (rule.fault().isReset()) {
            throw new ConnectionReset();
        }
        if (rule.fault().isPause() && !rules.pause(rule.pause(), cancelled)) {
            throw Errors.cancelled(0);
        }
        Optional<ServerError> error = rule.fault().error(subject);
        if (error.isPresent()) {
            throw error.get();
        }
    }
}
