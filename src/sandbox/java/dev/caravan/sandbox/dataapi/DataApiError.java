package dev.caravan.sandbox.dataapi;

/** A request that is refused, with the name of the service's exception. */
final class DataApiError extends RuntimeException {
    private final String code;

    private DataApiError(String code, String message) {
        super(message);
        this.code = code;
    }

    static DataApiError invalid(String message) {
        return new DataApiError("ValidationException", message);
    }

    static DataApiError notFound(String message) {
        return new DataApiError("ResourceNotFoundException", message);
    }

    String code() {
        return code;
    }
}
