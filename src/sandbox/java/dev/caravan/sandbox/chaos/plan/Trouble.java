package dev.caravan.sandbox.chaos.plan;

import java.time.Duration;

/** Something that goes wrong. */
public sealed interface Trouble {
    /** When, from the beginning of the load. */
    Duration at();

    /**
     * An instance is killed with SIGKILL, and a new one starts in its place.
     *
     * @param instance from 1
     */
    record Kill(Duration at, int instance) implements Trouble {}

    /**
     * An instance is stopped with SIGSTOP for longer than its lease, and wakes up not knowing.
     *
     * @param instance from 1
     */
    record Freeze(Duration at, int instance, Duration length) implements Trouble {}

    /**
     * A fault rule is in force for a while, or until it has struck as often as it says.
     *
     * @param where a cluster's name, or {@code aws}
     * @param rule as {@link dev.caravan.sandbox.faults.FaultRules} reads it
     */
    record Fault(Duration at, String where, String rule, Duration length) implements Trouble {
        public static final String AWS = "aws";

        /** The fault without its options, for example {@code resize} or {@code dynamodb throttle}. */
        public String name() {
            return rule.replaceFirst(where.equals(AWS) ? "(\\S+ \\S+).*" : "(\\S+).*", "$1");
        }
    }

    /**
     * Something that an {@code Interference} begins and ends.
     *
     * @param where what it is done to: a cluster, a feed, a source, or nothing
     */
    record Passing(Duration at, Ingredient ingredient, String where, Duration length) implements Trouble {
        /** Sources of tables. */
        public static final String MARIADB = "mariadb", POSTGRES = "postgres";

        @Override
        public String toString() {
            return ingredient.word() + (where.isEmpty() ? "" : " " + where);
        }
    }
}
