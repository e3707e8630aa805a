package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.redshift.wire.Message;
import dev.caravan.sandbox.redshift.wire.Messages;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.Map;

/** Redshift's words for errors that PostgreSQL words otherwise. */
final class Errors {
    private Errors() {}

    static ServerError serializable(int process) {
        return ServerError.of(
                "XX000",
                "1023",
                "Serializable isolation violation on table - 100001, transactions forming the cycle are: 5001, 5002 (pid:"
                        + process + ")");
    }

    static ServerError cancelled(int query) {
        return ServerError.of("57014", "Query (" + query + ") cancelled on user's request");
    }

    /** PostgreSQL's error as Redshift would say it. */
    static Message translated(Message error, int session, int query) {
        Map<Character, String> fields = Messages.fields(error);
        return switch (fields.getOrDefault('C', "")) {
            case "40001" -> Messages.error(serializable(session));
            case "57014" -> Messages.error(cancelled(query));
            default -> error;
        };
    }
}
