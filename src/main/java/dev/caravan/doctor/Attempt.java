package dev.caravan.doctor;

import dev.caravan.copy.CopyFailure;
import java.util.Optional;

/**
 * How a load went, in Caravan's eyes.
 *
 * @param failure empty if it was committed
 */
record Attempt(Optional<CopyFailure> failure) {
    static final Attempt LOADED = new Attempt(Optional.empty());

    static Attempt failed(CopyFailure failure) {
        return new Attempt(Optional.of(failure));
    }

    boolean isLoaded() {
        return failure.isEmpty();
    }

    boolean isAlreadyLoaded() {
        return isOf(CopyFailure.Kind.ALREADY_LOADED);
    }

    boolean isReadable() {
        return isOf(CopyFailure.Kind.READABLE);
    }

    private boolean isOf(CopyFailure.Kind kind) {
        return failure.filter(found -> found.kind() == kind).isPresent();
    }

    /** With the cluster's own text, if there is one. */
    String inWords() {
        return failure.map(found -> (found.sqlState().isEmpty() ? "" : "[" + found.sqlState() + "] ") + found.problem())
                .orElse("it was committed");
    }
}
