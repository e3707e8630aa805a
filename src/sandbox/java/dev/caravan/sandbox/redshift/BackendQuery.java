package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.redshift.Replies.To;
import dev.caravan.sandbox.redshift.wire.Message;
import dev.caravan.sandbox.redshift.wire.Messages;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The gateway's own statements on a client's backend connection, in the client's transaction. They use names of their own, so the
 * client's unnamed statement and portal stay as they are.
 */
final class BackendQuery {
    private static final String NAME = "__sandbox";
    private static final String FETCHED = "__sandbox_rows";
    private static final int AT_ONCE = 200;

    /** PostgreSQL has failed, and with it the transaction: the client gets this error, and nothing more is to be done. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Message error;

        Failed(Message error) {
            super("the backend has failed", null, false, false);
            this.error = error;
        }

        Message error() {
            return error;
        }
    }

    /** An earlier statement of the client's pipeline has failed, and the client has been told. */
    static final class Skipped extends Exception {
        private static final long serialVersionUID = 1L;

        Skipped() {
            super("an earlier statement has failed", null, false, false);
        }
    }

    private final Peer backend;
    private final Replies replies;

    BackendQuery(Peer backend, Replies replies) {
        this.backend = backend;
        this.replies = replies;
    }

    void send(Message message, To to) throws IOException {
        replies.expect(message, to, Replies.Ending.PLAIN);
        backend.write(message);
    }

    /** Answers the client, behind what it waits for already. */
    void reply(Message... own) throws IOException {
        replies.reply(List.of(own));
        flush();
    }

    /** Closes the names before use, not after: after COPY's Execute a Close would end the connection. */
    void statement(String sql, To to) throws IOException {
        send(Messages.closePortal(NAME), To.NOBODY);
        send(Messages.closeStatement(NAME), To.NOBODY);
        send(Messages.parse(NAME, sql), to);
        send(Messages.bind(NAME, NAME), to);
        send(Messages.execute(NAME), to);
    }

    /** The rows of a query, as text; NULL is empty. */
    List<List<String>> rows(String sql) throws IOException, Failed, Skipped {
        request(sql);
        List<List<String>> rows = new ArrayList<>();
        for (Message message = next(); message.type() != 'C'; message = next()) {
            if (message.type() == 'D') {
                rows.add(row(message));
            }
        }
        return rows;
    }

    /** What columns a query has: a RowDescription, or NoData. */
    Message describe(String sql) throws IOException, Failed, Skipped {
        replies.forgetCaptured();
        send(Messages.closeStatement(FETCHED), To.NOBODY);
        send(Messages.parse(FETCHED, sql), To.GATEWAY);
        send(Messages.describeStatement(FETCHED), To.GATEWAY);
        flush();
        Message reply;
        do {
            reply = next();
        } while (reply.type() != 'T' && reply.type() != 'n');
        return reply;
    }

    /** The rows of a query, some at a time, so that memory holds no more; other queries may run between. */
    interface Rows {
        void row(Message row) throws IOException, ServerError;
    }

    void fetch(String sql, Rows rows) throws IOException, ServerError, Failed, Skipped {
        replies.forgetCaptured();
        send(Messages.closePortal(FETCHED), To.NOBODY);
        send(Messages.closeStatement(FETCHED), To.NOBODY);
        send(Messages.parse(FETCHED, sql), To.GATEWAY);
        send(Messages.bind(FETCHED, FETCHED), To.GATEWAY);
        Message end;
        do {
            send(Messages.execute(FETCHED, AT_ONCE), To.GATEWAY);
            flush();
            List<Message> fetched = new ArrayList<>();
            for (end = next(); end.type() != 'C' && end.type() != 's'; end = next()) {
                if (end.type() == 'D') {
                    fetched.add(end);
                }
            }
            for (Message row : fetched) {
                rows.row(row);
            }
        } while (end.type() == 's');
    }

    /** Begins a COPY FROM STDIN; PostgreSQL then waits for rows. */
    void copyIn(String sql) throws IOException, Failed, Skipped {
        request(sql);
        awaitReply('G');
    }

    /** Waits for the end of a COPY FROM STDIN. */
    void copyDone() throws IOException, Failed, Skipped {
        backend.write(Messages.empty('c'));
        flush();
        awaitReply('C');
    }

    void copyFail() throws IOException {
        backend.write(Messages.copyFail("load failed"));
        flush();
        Message reply;
        do {
            reply = replies.take();
        } while (reply.type() != 'E');
    }

    /**
     * Fails the client's transaction as the statement in hand would have: with a syntax error, which leaves nothing to clean up.
     *
     * @throws Skipped when it has failed already
     */
    void abort() throws IOException, Skipped {
        replies.forgetCaptured();
        send(Messages.parse(NAME, "sandbox error"), To.GATEWAY);
        flush();
        if (replies.take() == Replies.SKIPPED) {
            throw new Skipped();
        }
    }

    void rows(byte[] bytes, int length) throws IOException {
        backend.write('d', bytes, length);
    }

    void flush() throws IOException {
        backend.write(Messages.empty('H'));
        backend.flush();
    }

    /** What PostgreSQL has said unasked, which can only be an error. */
    void check() throws Failed {
        Message message = replies.poll().orElse(null);
        if (message != null) {
            throw new Failed(message);
        }
    }

    private void request(String sql) throws IOException {
        replies.forgetCaptured();
        statement(sql, To.GATEWAY);
        flush();
    }

    private void awaitReply(char type) throws IOException, Failed, Skipped {
        Message reply;
        do {
            reply = next();
        } while (reply.type() != type);
    }

    private Message next() throws IOException, Failed, Skipped {
        Message message = replies.take();
        if (message == Replies.SKIPPED) {
            throw new Skipped();
        }
        if (message.type() == 'E') {
            throw new Failed(message);
        }
        return message;
    }

    private static List<String> row(Message message) {
        List<String> values = new ArrayList<>();
        int at = Short.BYTES;
        while (at < message.length()) {
            int length = Math.max(0, message.int32(at));
            values.add(message.string(at + Integer.BYTES, length));
            at += Integer.BYTES + length;
        }
        return values;
    }
}
