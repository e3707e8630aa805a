package dev.caravan.operate.doctor.trial;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What only a person knows.
 *
 * @param only the proofs that are wanted; empty for all
 * @param unreadable URL of an object that COPY's role may not read
 * @param patience how long load errors are waited for
 */
public record Wishes(List<Proof> only, Optional<String> unreadable, Duration patience) {
    public Wishes {
        only = List.copyOf(only);
    }

    public boolean wants(Proof proof) {
        return only.isEmpty() || only.contains(proof);
    }
}
