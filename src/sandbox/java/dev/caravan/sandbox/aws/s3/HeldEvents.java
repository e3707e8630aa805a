package dev.caravan.sandbox.aws.s3;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Holds events back until told to send them, in whichever order a test wants. Safe for use by several threads. */
public final class HeldEvents implements EventDelivery {
    private record Held(ObjectCreated event, Runnable send) {}

    private final List<Held> held = new ArrayList<>();

    @Override
    public synchronized void deliver(ObjectCreated event, Runnable send) {
        held.add(new Held(event, send));
    }

    /** The events held, oldest first. */
    public synchronized List<ObjectCreated> events() {
        return held.stream().map(Held::event).toList();
    }

    /** Sends the held events, oldest first. */
    public void release() {
        take().forEach(h -> h.send().run());
    }

    /** Sends the held events, newest first. */
    public void releaseInReverse() {
        List<Held> taken = take();
        Collections.reverse(taken);
        taken.forEach(h -> h.send().run());
    }

    private synchronized List<Held> take() {
        List<Held> taken = new ArrayList<>(held);
        held.clear();
        return taken;
    }
}
