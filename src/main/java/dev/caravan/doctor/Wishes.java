package dev.caravan.doctor;

import java.time.Duration;
import java.util.Optional;

/**
 * What only a person knows.
 *
 * @param unreadable URL of an object that COPY's role may not read
 * @param otherRegion URL of an object in a bucket of another Region than the cluster's
 * @param patience how long load errors are waited for
 */
public record Wishes(Optional<String> unreadable, Optional<String> otherRegion, Duration patience) {}
