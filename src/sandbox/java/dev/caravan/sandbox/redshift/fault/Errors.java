package dev.caravan.sandbox.redshift.fault;

import dev.caravan.sandbox.redshift.sql.Tables;
import dev.caravan.sandbox.redshift.wire.Message;
import dev.caravan.sandbox.redshift.wire.Messages;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.Map;

/** Redshift's words for errors that PostgreSQL words otherwise. */
public final class Errors {
    private Errors() {}

    static ServerError serializable(int process) {
        return ServerError.of(
                "XX000",
                "1023",
                "Serializable isolation violation on table - 100001, transactions forming the cycle are: 5001, 5002 (pid:"
                        + process + ")");
    }

    public static ServerError cancelled(int query) {
        return ServerError.of("57014", "Query (" + query + ") cancelled on user's request");
    }

    /** What Redshift says of a value for an IDENTITY column. */
    public static ServerError identity() {
        return ServerError.of("0A000", "cannot set an identity column to a value");
    }

    /**
     * PostgreSQL's error as Redshift would say it.
     *
     * @param executing the statement that ran; empty while one was only parsed or planned, which the leader node does
     */
    public static Message translated(Message error, String executing, int session, int query) {
        Map<Character, String> fields = Messages.fields(error);
        return switch (fields.getOrDefault('C', "")) {
            case "40001" -> Messages.error(serializable(session));
            case "57014" -> Messages.error(cancelled(query));
            case "428C9" -> Messages.error(identity());
            case CastError.STATE ->
                CastError.of(fields.getOrDefault('M', ""), Tables.onComputeNodes(executing), query, session)
                        .map(Messages::error)
                        .orElse(error);
            default -> error;
        };
    }
}
