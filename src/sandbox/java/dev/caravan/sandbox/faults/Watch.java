package dev.caravan.sandbox.faults;

/** Where the stand-ins find the observer of the moment. */
public final class Watch {
    private volatile Observer observer = Observer.NONE;

    /** From now on this one sees all calls, and no other. */
    public void observe(Observer next) {
        observer = next;
    }

    public Observer observer() {
        return observer;
    }

    public boolean isWatched() {
        return observer != Observer.NONE;
    }
}
