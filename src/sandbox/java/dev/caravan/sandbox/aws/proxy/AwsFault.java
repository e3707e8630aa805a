package dev.caravan.sandbox.aws.proxy;

import java.util.Locale;
import java.util.Set;

/** The failures that can be asked for. In a rule's text they stand behind the service, in lower case with hyphens: {@code s3 lost-answer}. */
enum AwsFault {
    /** The service's own way to say that there are too many requests; nothing is done. */
    THROTTLE,
    /** DynamoDB: another transaction holds an item that is to be written; nothing is done. */
    CONFLICT,
    /** The request is done, and the connection is reset instead of the answer. */
    LOST_ANSWER,
    /** The connection is reset before anything is done. */
    RESET,
    /** Nothing listens, and open connections are reset. Stands until cleared, whatever its times. */
    UNREACHABLE,
    /** 500; nothing is done. */
    ERROR,
    /** The request waits for {@code ms} milliseconds before it is done. */
    SLOW,
    /** The request is never answered, and nothing is done; the connection stays open until the client has enough of it. */
    HANG,
    /** The caller lacks a permission; nothing is done. */
    DENIED,
    /** The caller's credentials were temporary and are out of date; nothing is done. */
    EXPIRED;

    private static final Set<String> IN_CONFLICT = Set.of("TransactWriteItems", "PutItem", "UpdateItem", "DeleteItem");

    /** As a rule's text names it. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean exists(AwsService service) {
        return this != CONFLICT || service == AwsService.DYNAMODB;
    }

    /** Whether a request of this operation is an occasion for it. */
    boolean canStrike(String operation) {
        return this == CONFLICT ? IN_CONFLICT.contains(operation) : this != UNREACHABLE;
    }
}
