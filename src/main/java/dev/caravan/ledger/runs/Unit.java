package dev.caravan.ledger.runs;

import java.time.Instant;

/**
 * The part of a run that one instance works on: a table, a key range, a segment. A value: only {@link Units} changes what it stands for.
 *
 * @param run the run's id
 * @param planning the attempt of the run that has planned it: units of another planning are none of the run's
 * @param id unlike those of the run's other units; they are taken in the order of ids
 * @param plan what is to be done, in its pipeline's words
 * @param isTaken whether an instance works on it, or has until its time, or has done it
 * @param isDone whether it is done
 * @param attempt how many times it was taken
 * @param result what has come of it, in its pipeline's words; empty before
 * @param reason why it waits, in words; may be empty
 * @param time until when its owner has it, or from when it may be taken
 */
public record Unit(
        String run,
        int planning,
        String id,
        String plan,
        boolean isTaken,
        boolean isDone,
        int attempt,
        String result,
        String reason,
        Instant time) {

    /** One that nobody has taken yet. */
    public static Unit planned(Run run, String id, String plan) {
        return new Unit(run.id(), run.attempt(), id, plan, false, false, 0, "", "", Instant.EPOCH);
    }

    /** Names it among all that an instance works on. */
    public String key() {
        return run + "/" + planning + "/" + id;
    }
}
