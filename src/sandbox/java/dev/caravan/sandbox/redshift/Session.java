package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.faults.Call;
import dev.caravan.sandbox.faults.CallDropped;
import dev.caravan.sandbox.faults.Observer;
import dev.caravan.sandbox.parts.Listener;
import dev.caravan.sandbox.redshift.BackendQuery.Skipped;
import dev.caravan.sandbox.redshift.Replies.To;
import dev.caravan.sandbox.redshift.fault.ConnectionReset;
import dev.caravan.sandbox.redshift.fault.Errors;
import dev.caravan.sandbox.redshift.fault.Fault;
import dev.caravan.sandbox.redshift.sql.Lexer;
import dev.caravan.sandbox.redshift.sql.Names;
import dev.caravan.sandbox.redshift.wire.Message;
import dev.caravan.sandbox.redshift.wire.MessageBuilder;
import dev.caravan.sandbox.redshift.wire.Messages;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection and its one backend connection. Two threads: this one reads the client and runs what the gateway runs
 * itself, a second one reads the backend. {@link Replies} ties them.
 *
 * <p>Both protocols are understood: the extended one, in which drivers send statements as a pipeline, and the simple one of psql.
 */
final class Session implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final String REDSHIFT_VERSION = "8.0.2";
    private static final Pattern BEGIN = Pattern.compile("(?is)^\\s*(begin|start\\s+transaction)\\b.*");
    private static final Pattern BLOCK =
            Pattern.compile("(?is)^\\s*(begin|start\\s+transaction|commit|end|rollback|abort)\\b.*");

    private static final Pattern LONG_CONTEXT = Pattern.compile("context: {3}.{129}");

    private final Gateway gateway;
    private final Peer client;
    private final Map<String, Statement> statements = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();
    private final TransactionCalls calls = new TransactionCalls();
    private Peer backend;
    private Replies replies;
    private BackendQuery query;
    private boolean redshiftDriver;
    private boolean inBlock;
    private boolean hasDdl;
    private Optional<Boolean> caseSensitive = Optional.empty();
    private volatile int process;
    private volatile boolean cancelled;

    @SuppressWarnings("NullAway.Init") // the backend's side: set at start-up, before the first message
    Session(Gateway gateway, Socket client) throws IOException {
        this.gateway = gateway;
        this.client = new Peer(client);
    }

    @Override
    public void run() {
        try {
            StartUp start = new StartUp(gateway, client);
            Optional<Map<String, String>> parameters = start.negotiate();
            if (parameters.isPresent()) {
                redshiftDriver = StartUp.isRedshiftDriver(parameters.get());
                backend = start.openBackend(parameters.get());
                replies = new Replies(
                        client, (error, sql) -> seen(Errors.translated(error, sql, process, gateway.nextQuery())));
                query = new BackendQuery(backend, replies);
                replies.expect(
                        Messages.empty('S'),
                        To.CLIENT,
                        Replies.Ending.PLAIN); // the start ends with ReadyForQuery, as a Sync does
                Listener.daemon("redshift-backend", this::readBackend);
                readClient();
            }
        } catch (ConnectionReset | CallDropped e) {
            client.reset();
        } catch (IOException e) {
            LOG.debug("Session ended", e);
        } catch (RuntimeException e) {
            LOG.error("Session failed", e);
        } finally {
            end();
        }
    }

    /** Ends both connections; PostgreSQL rolls back what is open. */
    void end() {
        gateway.forget(this);
        client.close();
        if (backend != null) {
            backend.close();
        }
    }

    /** The client wants the statement in hand cancelled. */
    void cancel() {
        cancelled = true;
    }

    private void readClient() throws IOException {
        for (Optional<Message> next = client.read(); next.isPresent(); next = client.read()) {
            Message message = next.get();
            switch (message.type()) {
                case 'Q' -> simple(message);
                case 'P' -> parse(message);
                case 'B' -> bind(message);
                case 'D' -> describe(message);
                case 'E' -> execute(message);
                case 'C' -> close(message);
                case 'S' -> {
                    relay(message);
                    backend.flush();
                }
                case 'H' -> backend.send(message);
                case 'X' -> {
                    return;
                }
                default -> { // the rows of a client's own COPY FROM STDIN
                    backend.write(message);
                    if (client.isIdle()) {
                        backend.flush();
                    }
                }
            }
        }
    }

    private void relay(Message message) throws IOException {
        query.send(message, To.CLIENT);
    }

    /** A string of statements is one implicit transaction, and stays one when it is sent on as a pipeline up to one Sync. */
    private void simple(Message message) throws IOException {
        List<Statement> parts = Lexer.statements(message.string(0)).stream()
                .map(this::statement)
                .toList();
        if (gateway.faults().isEmpty()
                && !gateway.watch().isWatched()
                && parts.stream().allMatch(Statement::isPlain)) {
            parts.forEach(this::note);
            replies.expect(message, To.CLIENT, new Replies.Ending(message.string(0), false, () -> {}));
            backend.write(message);
            backend.flush();
            return;
        }
        for (Statement part : parts) {
            if (!run(part, this::runSimple)) {
                break;
            }
        }
        query.send(Messages.empty('S'), To.CLIENT);
        backend.flush();
    }

    private void runSimple(Statement.Relayed statement, Replies.Ending ending) throws IOException {
        query.send(Messages.parse("", statement.sql()), To.SIMPLE_CLIENT);
        query.send(Messages.bind("", ""), To.SIMPLE_CLIENT);
        query.send(Messages.describePortal(""), To.SIMPLE_CLIENT);
        Message execute = Messages.execute("");
        replies.expect(execute, To.SIMPLE_CLIENT, ending);
        backend.write(execute);
    }

    private void parse(Message message) throws IOException {
        String name = message.string(0);
        int sqlStart = message.endOfString(0) + 1;
        Statement statement = statement(message.string(sqlStart));
        statements.put(name, statement);
        if (!(statement instanceof Statement.Relayed relayed)) {
            reply(Messages.empty('1'));
        } else if (relayed.sql().equals(relayed.text())) {
            relay(message);
        } else {
            relay(new MessageBuilder()
                    .string(name)
                    .string(relayed.sql())
                    .raw(message.bytesFrom(message.endOfString(sqlStart) + 1))
                    .build('P'));
        }
    }

    private void bind(Message message) throws IOException {
        String statement = message.string(message.endOfString(0) + 1);
        portals.put(message.string(0), statement);
        if (isOwn(statement)) {
            reply(Messages.empty('2'));
        } else {
            relay(message);
        }
    }

    private void describe(Message message) throws IOException {
        boolean ofStatement = message.byteAt(0) == 'S';
        String name = message.string(1);
        if (!isOwn(ofStatement ? name : portals.getOrDefault(name, name))) {
            relay(message);
        } else if (ofStatement) {
            reply(new MessageBuilder().int16(0).build('t'), Messages.empty('n'));
        } else {
            reply(Messages.empty('n'));
        }
    }

    private void execute(Message message) throws IOException {
        String name = portals.getOrDefault(message.string(0), "");
        Statement statement = statements.getOrDefault(name, new Statement.Relayed("", ""));
        run(statement, (relayed, ending) -> {
            replies.expect(message, To.CLIENT, ending);
            backend.write(message);
        });
    }

    private void close(Message message) throws IOException {
        String name = message.string(1);
        boolean own = message.byteAt(0) == 'S' && isOwn(name);
        if (message.byteAt(0) == 'S') {
            statements.remove(name);
        }
        if (own) {
            reply(Messages.empty('3'));
        } else {
            relay(message);
        }
    }

    private boolean isOwn(String statement) {
        return statements.containsKey(statement) && !(statements.get(statement) instanceof Statement.Relayed);
    }

    private Statement statement(String sql) {
        return Statement.of(sql, gateway.quirks(), isCaseSensitive());
    }

    private boolean isCaseSensitive() {
        return caseSensitive.orElseGet(() -> gateway.quirks().has(Quirk.CASE_SENSITIVE));
    }

    /** What later statements depend on. */
    private void note(Statement statement) {
        String text = statement.text();
        boolean now =
                Names.caseSensitive(text, isCaseSensitive(), gateway.quirks().has(Quirk.CASE_SENSITIVE));
        if (now != isCaseSensitive()) {
            caseSensitive = Optional.of(now);
        }
        if (BLOCK.matcher(text).matches()) {
            inBlock = BEGIN.matcher(text).matches();
            hasDdl = false;
        } else if (inBlock && statement instanceof Statement.Relayed relayed) {
            hasDdl |= relayed.isDdl();
        }
    }

    /** An error as this cluster lets its clients see it. */
    private Message seen(Message error) {
        boolean hidden = gateway.quirks().has(Quirk.NO_DETAIL)
                || (gateway.quirks().has(Quirk.NO_LONG_DETAIL)
                        && LONG_CONTEXT
                                .matcher(Messages.fields(error).getOrDefault('D', ""))
                                .find());
        return hidden ? Messages.without(error, 'D') : error;
    }

    private interface Relay {
        void send(Statement.Relayed statement, Replies.Ending ending) throws IOException;
    }

    /** Runs a statement, or has PostgreSQL run it; false when it has failed before it reached PostgreSQL. */
    private boolean run(Statement statement, Relay relay) throws IOException {
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
                note(relayed);
                relay.send(relayed, new Replies.Ending(relayed.text(), loseAnswer, () -> observer.after(call)));
                if (relayed.commits() || (relayed.alters() && gateway.quirks().has(Quirk.ALTER_COMMITS))) {
                    query.statement("COMMIT", To.NOBODY);
                }
                return true;
            }
            return copy(
                    (Statement.Copy) statement,
                    new Replies.Ending(statement.text(), loseAnswer, () -> observer.after(call)));
        } catch (ServerError e) {
            fail(e);
            return false;
        }
    }

    private boolean copy(Statement.Copy copy, Replies.Ending ending) throws IOException, ServerError {
        if (hasDdl && gateway.quirks().has(Quirk.COPY_NOT_WITH_DDL)) {
            throw ServerError.of("0A000", "COPY cannot run in a transaction block that has changed the catalog");
        }
        CopyRun run = new CopyRun(gateway, query, copy.command(), () -> cancelled);
        try {
            run.run(process);
        } catch (Skipped e) {
            return false;
        } catch (ServerError e) {
            boolean silent = gateway.quirks().has(Quirk.NO_REASONS);
            client.send(seen(Messages.error(silent ? ServerError.of("XX000", "COPY has failed") : e)));
            return false;
        }
        if (gateway.quirks().has(Quirk.COPY_COMMITS)) {
            query.statement("COMMIT", To.NOBODY);
        }
        ending.told().run();
        if (ending.lost()) {
            replies.loseAnswers();
        }
        reply(run.answer());
        return true;
    }

    /** The client sees the error, PostgreSQL's transaction is failed: as if PostgreSQL had raised it. */
    private void fail(ServerError error) throws IOException {
        try {
            query.abort();
            client.send(seen(Messages.error(error)));
        } catch (Skipped e) {
            return; // the client has an error already
        }
        if (error.isFatal()) {
            throw new IOException(error.text());
        }
    }

    private void reply(Message... own) throws IOException {
        replies.reply(List.of(own));
        query.flush();
    }

    private void readBackend() {
        try {
            for (Optional<Message> next = backend.read(); next.isPresent(); next = backend.read()) {
                replies.handle(seenByClient(next.get()));
                if (backend.isIdle()) {
                    client.flush();
                }
            }
        } catch (ConnectionReset | CallDropped e) {
            client.reset();
        } catch (IOException e) {
            LOG.debug("Backend's connection ended", e);
        } finally {
            replies.backendGone();
            end();
        }
    }

    private Message seenByClient(Message message) {
        if (message.type() == 'K') {
            process = message.int32(0);
            gateway.register(this, process, message.int32(Integer.BYTES));
        } else if (message.type() == 'S' && redshiftDriver && message.string(0).equals("server_version")) {
            return Messages.parameterStatus("server_version", REDSHIFT_VERSION);
        }
        return message;
    }
}
