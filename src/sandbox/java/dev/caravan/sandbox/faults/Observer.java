package dev.caravan.sandbox.faults;

/** Sees every call of a client, in the client's own connection: while it blocks, that call waits. Called by many threads at once. */
public interface Observer {
    /** Sees nothing. */
    Observer NONE = new Observer() {};

    /**
     * A call has come, and nothing of it is done yet.
     *
     * @throws CallDropped to have nothing of it done and the connection reset
     */
    default void before(Call call) {}

    /**
     * A call is done, and its client has not been answered yet.
     *
     * @throws CallDropped to have it not answered and the connection reset
     */
    default void after(Call call) {}
}
