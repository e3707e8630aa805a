package dev.caravan.ledger.runs;

/** What became of the wish to begin a run. */
public sealed interface Beginning {
    /** It is this instance's. */
    record Begun(Run run) implements Beginning {}

    /** There is, or was, a run for this time. */
    record ThereAlready() implements Beginning {}

    /** Another run of the same name isn't over. */
    record Busy(String run) implements Beginning {}
}
