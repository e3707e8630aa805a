package dev.caravan.operate.doctor.trial;

import dev.caravan.redshift.failure.CopyFailure;
import java.util.Optional;

/**
 * How a load went, in Caravan's eyes.
 *
 * @param failure empty if it was committed
 */
public record Attempt(Optional<CopyFailure> failure) {
    static final Attempt LOADED = new Attempt(Optional.empty());

    public static Attempt failed(CopyFailure failure) {
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
    public String inWords() {
        return failure.map(found -> (found.sqlState().isEmpty() ? "" : "[" + found.sqlState() + "] ") + found.problem())
                .orElse("it was committed");
    }
}
