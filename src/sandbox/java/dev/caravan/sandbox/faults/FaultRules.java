package dev.caravan.sandbox.faults;

import java.util.List;

/** Fault rules as text, of one stand-in or of several. */
public interface FaultRules {
    /**
     * Reads a rule and returns what adds it.
     *
     * @throws IllegalArgumentException with what is wrong and what there is
     */
    Runnable reading(String rule);

    /** Adds a rule; see {@link RuleText}. */
    default void add(String rule) {
        reading(rule).run();
    }

    /** As {@link #add}; returns what ends this rule alone. */
    Runnable begin(String rule);

    /** Removes all rules, and ends what they have caused. */
    void clear();

    /** The rules that can still strike, with how often. */
    List<String> active();

    /** What can be asked for. */
    List<String> names();
}
