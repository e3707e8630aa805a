package dev.caravan.pipeline.s3toredshift;

import dev.caravan.s3.event.EventReader;
import dev.caravan.s3.event.UnreadableEvent;
import java.util.List;

/** Steps of route {@code receive}. */
public final class ReceiveSteps {
    private final EventReader reader = new EventReader();

    /** The records of a queue message, each as a body of its own: a bad one doesn't hold back the others. */
    public List<String> records(String body) throws UnreadableEvent {
        return reader.records(body);
    }
}
