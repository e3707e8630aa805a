package dev.caravan.sandbox.redshift.fault;

import dev.caravan.sandbox.redshift.copy.s3.BoxedError;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The failures that can be asked for. In a rule's text they are written in lower case with hyphens: {@code disk-full}. */
public enum Fault {
    /** The cluster is being resized: whatever writes fails with 57014 and the detail that tells it from a cancel. */
    RESIZE(Point.STATEMENT, Match.WRITES),
    /** 1023: a serializable isolation violation. */
    SERIALIZABLE(Point.STATEMENT, Match.WRITES),
    /** 53100. */
    DISK_FULL(Point.STATEMENT, Match.WRITES),
    /** 57014 as by a person or a statement timeout. */
    CANCELLED(Point.STATEMENT, Match.WRITES),
    /** 57P01, and the connection ends. */
    RESTART(Point.STATEMENT, Match.ALL),
    /** The statement waits for {@code ms} milliseconds before it runs. */
    SLOW(Point.STATEMENT, Match.WRITES),
    /** The connection is reset before the statement runs. */
    RESET(Point.STATEMENT, Match.ALL),
    /** The connection is reset when COPY has read {@code rows} rows. */
    RESET_COPY(Point.ROW, Match.ALL),
    /** COPY pauses for {@code ms} milliseconds after every {@code rows} rows; stands until cleared. */
    SLOW_COPY(Point.ROW, Match.ALL),
    /** The statement (COMMIT unless said otherwise) is done, and the connection is reset instead of the answer. */
    LOST_COMMIT(Point.ANSWER, Match.COMMIT),
    /** COPY reads no file and loads no row, and says that it has worked: the rest of a load can be measured without it. */
    EMPTY_COPY(Point.FILES, Match.ALL),
    /** S3's 404 for an object whose URL matches. */
    S3_404(Point.OBJECT, Match.ALL),
    /** S3's 403. */
    S3_403(Point.OBJECT, Match.ALL),
    /** S3's 403 for an object in an archived storage class. */
    S3_ARCHIVED(Point.OBJECT, Match.ALL),
    /** S3's 301 for a bucket of another Region. */
    S3_301(Point.OBJECT, Match.ALL),
    /** S3's 503 SlowDown. */
    S3_503(Point.OBJECT, Match.ALL),
    /** The connection is reset before an object is read or written. */
    RESET_OBJECT(Point.OBJECT, Match.ALL),
    /** The statement waits for {@code ms} milliseconds before it reads or writes an object. */
    SLOW_OBJECT(Point.OBJECT, Match.ALL),
    /** Nothing listens: connecting fails as with a paused or restarting cluster. Stands until cleared, whatever its times. */
    CONNECTION_REFUSED(Point.LISTEN, Match.ALL),
    /** 57P03: the cluster is starting. */
    STARTING(Point.CONNECT, Match.ALL),
    /** 53300: the connection limit is reached. */
    TOO_MANY_CONNECTIONS(Point.CONNECT, Match.ALL),
    /** The connection is reset while it is made. */
    RESET_CONNECT(Point.CONNECT, Match.ALL);

    /** Where a fault strikes; says what a rule's {@code match} is compared with. */
    public enum Point {
        /** The user's name. */
        CONNECT,
        /** A statement's text, before it runs. */
        STATEMENT,
        /** A statement's text, after it ran. */
        ANSWER,
        /** COPY's text, before it reads its files. */
        FILES,
        /** The URL of an object that COPY reads or UNLOAD writes. */
        OBJECT,
        /** COPY's text. */
        ROW,
        LISTEN
    }

    private static final class Match {
        static final String ALL = "";
        static final String COMMIT = "^\\s*(commit|end)\\b";
        static final String WRITES =
                "^\\s*(copy|insert|update|delete|merge|create|drop|alter|truncate|lock|vacuum|analyze|unload)\\b";
    }

    private final Point point;
    private final String match;

    Fault(Point point, String match) {
        this.point = point;
        this.match = match;
    }

    static Fault named(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown fault '" + name + "': use one of "
                        + Arrays.stream(values()).map(Fault::text).toList()));
    }

    /** As a rule's text names it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Point point() {
        return point;
    }

    /** What it strikes unless the rule says otherwise: a regular expression. */
    String defaultMatch() {
        return match;
    }

    boolean isReset() {
        return this == RESET
                || this == RESET_COPY
                || this == RESET_OBJECT
                || this == RESET_CONNECT
                || this == LOST_COMMIT;
    }

    boolean isPause() {
        return this == SLOW || this == SLOW_COPY || this == SLOW_OBJECT;
    }

    /** The error that the client sees; empty for resets and pauses. */
    Optional<ServerError> error(String subject) {
        return switch (this) {
            case RESIZE ->
                Optional.of(ServerError.of(
                        "57014",
                        "Cannot execute query because system is in resize mode",
                        "ONLY read-only queries can be executed when cluster is in resize mode"));
            case SERIALIZABLE -> Optional.of(Errors.serializable(0));
            case DISK_FULL ->
                Optional.of(ServerError.of("53100", "Disk Full", BoxedError.box("Disk Full", 1016, "node: 0")));
            case CANCELLED -> Optional.of(Errors.cancelled(0));
            case RESTART ->
                Optional.of(ServerError.fatal("57P01", "terminating connection due to administrator command"));
            case S3_404 -> Optional.of(BoxedError.s3("The specified key does not exist.", 404, "NoSuchKey", subject));
            case S3_301 -> Optional.of(BoxedError.elsewhere(subject));
            case S3_403 -> Optional.of(BoxedError.s3("Access Denied", 403, "AccessDenied", subject));
            case S3_ARCHIVED ->
                Optional.of(BoxedError.s3(
                        "The operation is not valid for the object's storage class",
                        403,
                        "InvalidObjectState",
                        subject));
            case S3_503 -> Optional.of(BoxedError.s3("Please reduce your request rate.", 503, "SlowDown", subject));
            case STARTING -> Optional.of(ServerError.fatal("57P03", "the database system is starting up"));
            case TOO_MANY_CONNECTIONS ->
                Optional.of(ServerError.fatal("53300", "connection limit \"500\" exceeded for non-bootstrap users"));
            default -> Optional.empty();
        };
    }
}
