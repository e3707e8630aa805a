package dev.caravan.feed.property;

/** Whether an object that a feed takes may go to others as well. */
public enum MatchPolicy {
    /** It is done with. */
    STOP,
    /** It goes to the next feed that wants it. */
    CONTINUE
}
