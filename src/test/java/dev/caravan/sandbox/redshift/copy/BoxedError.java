package dev.caravan.sandbox.redshift.copy;

import dev.caravan.sandbox.redshift.wire.ServerError;

/** Redshift's errors from below SQL: XX000 with a boxed DETAIL. */
public final class BoxedError {
    private static final String RULE = "-----------------------------------------------";

    private BoxedError() {}

    /**
     * An error of Redshift's own.
     *
     * @param code Redshift's own number, for example 8001
     * @param context what was being worked on
     */
    public static ServerError of(String text, int code, String context) {
        return ServerError.of("XX000", text, box(text, code, context));
    }

    /**
     * What S3 has answered.
     *
     * @param status HTTP status of S3's answer
     * @param code S3's own error code, for example SlowDown
     */
    public static ServerError s3(String text, int status, String code, String url) {
        return of(
                "S3ServiceException:" + text + ",Status " + status + ",Error " + code
                        + ",Rid SANDBOX,ExtRid SANDBOX,CanRetry 1",
                8001,
                "S3 key being read : " + url);
    }

    public static String box(String text, int code, String context) {
        return "\n  " + RULE + "\n  error:  " + text + "\n  code:      " + code + "\n  context:   " + context
                + "\n  query:     0\n  location:  sandbox\n  process:   padbmaster [pid=0]\n  " + RULE + "\n";
    }
}
