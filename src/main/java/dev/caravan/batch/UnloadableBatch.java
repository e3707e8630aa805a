package dev.caravan.batch;

/** A batch that can't be loaded until a person has looked: trying again would load nothing, or something twice. */
public final class UnloadableBatch extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, with the batch's id, and what to do */
    public UnloadableBatch(String message) {
        super(message);
    }
}
