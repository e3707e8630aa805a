package dev.caravan.feed;

/** Whether an object that a feed takes may go to others as well. */
enum MatchPolicy {
    STOP,
    CONTINUE
}
