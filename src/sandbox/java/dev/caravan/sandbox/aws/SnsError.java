package dev.caravan.sandbox.aws;

/** An error to answer to a client of SNS. */
final class SnsError extends RuntimeException {
    private final int status;
    private final String code;

    private SnsError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static SnsError invalid(String what) {
        return new SnsError(400, "InvalidParameter", "Invalid parameter: " + what);
    }

    static SnsError notFound(String what) {
        return new SnsError(404, "NotFound", what + " does not exist");
    }

    static SnsError unknownAction(String action) {
        return new SnsError(400, "InvalidAction", "The sandbox's SNS doesn't know the action " + action);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
