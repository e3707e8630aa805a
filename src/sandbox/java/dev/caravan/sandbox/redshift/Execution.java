package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.faults.Call;
import dev.caravan.sandbox.faults.Observer;
import dev.caravan.sandbox.redshift.BackendQuery.Skipped;
import dev.caravan.sandbox.redshift.Replies.To;
import dev.caravan.sandbox.redshift.fault.Fault;
import dev.caravan.sandbox.redshift.wire.Message;
import dev.caravan.sandbox.redshift.wire.Messages;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.IOException;
import java.util.function.IntSupplier;

/** Runs a session's statements, one after the other, or has PostgreSQL run them; what fails, fails as a rule or PostgreSQL would have it. */
final class Execution {
    private final Gateway gateway;
    private final Peer client;
    private final Replies replies;
    private final BackendQuery query;
    private final Remembered remembered;
    private final IntSupplier process;
    private final TransactionCalls calls = new TransactionCalls();
    private volatile boolean cancelled;

    /** @param process of PostgreSQL, which it tells when the session has begun */
    Execution(
            Gateway gateway,
            Peer client,
            Replies replies,
            BackendQuery query,
            Remembered remembered,
            IntSupplier process) {
        this.gateway = gateway;
        this.client = client;
        this.replies = replies;
        this.query = query;
        this.remembered = remembered;
        this.process = process;
    }

    /** The client wants the statement in hand cancelled. */
    void cancel() {
        cancelled = true;
    }

    /** Has PostgreSQL run a statement. */
    interface Relay {
        void send(Statement.Relayed statement, Replies.Ending ending) throws IOException;
    }

    /** Runs a statement, or has PostgreSQL run it; false when it has failed before it reached PostgreSQL. */
    boolean run(Statement statement, Relay relay) throws IOException {
        try {
            cancelled = false;
            gateway.faults().strike(Fault.Point.STATEMENT, statement.text(), () -> cancelled);
            boolean loseAnswer = gateway.faults().losesAnswer(statement.text());
            Call call = calls.next(statement.text());
            Observer observer = gateway.watch().observer();
            observer.before(call);
            if (statement instanceof Statement.Refused refused) {
                throw refused.error();
            }
            if (statement instanceof Statement.Relayed relayed) {
                remembered.note(relayed);
                relay.send(relayed, new Replies.Ending(relayed.text(), loseAnswer, () -> observer.after(call)));
                if (relayed.commits() || (relayed.alters() && gateway.quirks().has(Quirk.ALTER_COMMITS))) {
                    query.statement("COMMIT", To.NOBODY);
                }
                return true;
            }
            Replies.Ending ending = new Replies.Ending(statement.text(), loseAnswer, () -> observer.after(call));
            return statement instanceof Statement.Unload unload
                    ? unload(unload, ending)
                    : copy((Statement.Copy) statement, ending);
        } catch (ServerError e) {
            fail(e);
            return false;
        }
    }

    private boolean copy(Statement.Copy copy, Replies.Ending ending) throws IOException, ServerError {
        if (remembered.hasDdl() && gateway.quirks().has(Quirk.COPY_NOT_WITH_DDL)) {
            throw ServerError.of("0A000", "COPY cannot run in a transaction block that has changed the catalog");
        }
        CopyRun run = new CopyRun(gateway, query, copy.command(), () -> cancelled);
        try {
            run.run(process.getAsInt());
        } catch (Skipped e) {
            return false;
        } catch (ServerError e) {
            boolean silent = gateway.quirks().has(Quirk.NO_REASONS);
            client.send(gateway.seen(Messages.error(silent ? ServerError.of("XX000", "COPY has failed") : e)));
            return false;
        }
        if (gateway.quirks().has(Quirk.COPY_COMMITS)) {
            query.statement("COMMIT", To.NOBODY);
        }
        end(ending, run.answer());
        return true;
    }

    private boolean unload(Statement.Unload unload, Replies.Ending ending) throws IOException {
        UnloadRun run = new UnloadRun(gateway, query, unload, () -> cancelled);
        try {
            run.run(process.getAsInt());
        } catch (Skipped e) {
            return false;
        } catch (ServerError e) {
            client.send(gateway.seen(Messages.error(e)));
            return false;
        }
        end(ending, run.answer());
        return true;
    }

    private void end(Replies.Ending ending, Message... answer) throws IOException {
        ending.told().run();
        if (ending.lost()) {
            replies.loseAnswers();
        }
        query.reply(answer);
    }

    /** The client sees the error, PostgreSQL's transaction is failed: as if PostgreSQL had raised it. */
    private void fail(ServerError error) throws IOException {
        try {
            query.abort();
            client.send(gateway.seen(Messages.error(error)));
        } catch (Skipped e) {
            return; // the client has an error already
        }
        if (error.isFatal()) {
            throw new IOException(error.text());
        }
    }
}
