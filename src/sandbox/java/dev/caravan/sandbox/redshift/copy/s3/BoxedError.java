package dev.caravan.sandbox.redshift.copy.s3;

import dev.caravan.sandbox.redshift.wire.ServerError;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Redshift's errors from below SQL: XX000 with a boxed DETAIL, whose context is what was being worked on, and so of a producer's choice. Their
 * shapes are those of messages that people have quoted: aws-lambda-redshift-loader 73 (an object), embulk-output-jdbc 85 (no access), snowplow 1265
 * (a broken file), the README of spark-redshift (another Region), SqlRender 276 (a cast).
 */
public final class BoxedError {
    private static final String RULE = "-----------------------------------------------";
    private static final int LONGEST_CONTEXT = 256;

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

    /** While an object was being read. */
    public static ServerError reading(String text, int code, String url) {
        return of(text, code, "S3 key being read : " + url);
    }

    /**
     * What S3 has answered.
     *
     * @param status HTTP status of S3's answer
     * @param code S3's own error code, for example SlowDown
     */
    public static ServerError s3(String text, int status, String code, String url) {
        return reading(
                "S3ServiceException:" + text + ",Status " + status + ",Error " + code
                        + ",Rid SANDBOX,ExtRid SANDBOX,CanRetry 1",
                8001,
                url);
    }

    /** S3's answer about a bucket of another Region. */
    public static ServerError elsewhere(String url) {
        return s3(
                "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
                301,
                "PermanentRedirect",
                url);
    }

    /** An error that S3 has caused, while an object was being written. No source but people's memory has the context's words. */
    public static ServerError writing(ServerError error, String url) {
        return of(error.text(), 8001, "Failed to initialize S3 output stream. S3 path: " + url);
    }

    /** While a statement with a number of its own was running. */
    public static ServerError running(String text, int code, String context, int query, int pid) {
        return ServerError.of(
                "XX000",
                text,
                box(text, code, cut(context), query, ":0", "query0_123_" + query + " [pid=" + pid + "]"));
    }

    public static String box(String text, int code, String context) {
        return context.startsWith("S3 key being read")
                ? box(text, code, context, 143771, "table_s3_scanner.cpp:354", "query0_30 [pid=17220]")
                : box(text, code, context, 0, "xen_load_unload.cpp:396", "padbmaster [pid=17220]");
    }

    private static String box(String text, int code, String context, int query, String location, String process) {
        return "\n  " + RULE + "\n  error:  " + text + "\n  code:      " + code + "\n  context:   " + context
                + "\n  query:     " + query + "\n  location:  " + location + "\n  process:   " + process + "\n  " + RULE
                + "\n";
    }

    /** By bytes, as C does, but not within a character. */
    private static String cut(String text) {
        CharBuffer from = CharBuffer.wrap(text);
        ByteBuffer to = ByteBuffer.allocate(LONGEST_CONTEXT);
        StandardCharsets.UTF_8.newEncoder().encode(from, to, true);
        return text.substring(0, from.position());
    }
}
