package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.faults.CallDropped;
import dev.caravan.sandbox.parts.Listener;
import dev.caravan.sandbox.redshift.Replies.To;
import dev.caravan.sandbox.redshift.fault.ConnectionReset;
import dev.caravan.sandbox.redshift.fault.Errors;
import dev.caravan.sandbox.redshift.sql.Lexer;
import dev.caravan.sandbox.redshift.wire.Message;
import dev.caravan.sandbox.redshift.wire.MessageBuilder;
import dev.caravan.sandbox.redshift.wire.Messages;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final Gateway gateway;
    private final Peer client;
    private final Remembered remembered;
    private Peer backend;
    private Replies replies;
    private BackendQuery query;
    private Execution execution;
    private boolean redshiftDriver;
    private volatile int process;

    @SuppressWarnings("NullAway.Init") // the backend's side: set at start-up, before the first message
    Session(Gateway gateway, Socket client) throws IOException {
        this.gateway = gateway;
        this.client = new Peer(client);
        remembered = new Remembered(gateway.quirks());
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
                        client,
                        (error, sql) -> gateway.seen(Errors.translated(error, sql, process, gateway.nextQuery())));
                query = new BackendQuery(backend, replies);
                execution = new Execution(gateway, client, replies, query, remembered, () -> process);
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
        execution.cancel();
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
                .map(remembered::statement)
                .toList();
        if (gateway.faults().isEmpty()
                && !gateway.watch().isWatched()
                && parts.stream().allMatch(Statement::isPlain)) {
            parts.forEach(remembered::note);
            replies.expect(message, To.CLIENT, new Replies.Ending(message.string(0), false, () -> {}));
            backend.write(message);
            backend.flush();
            return;
        }
        for (Statement part : parts) {
            if (!execution.run(part, this::runSimple)) {
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
        Statement statement = remembered.prepared(name, message.string(sqlStart));
        if (!(statement instanceof Statement.Relayed relayed)) {
            query.reply(Messages.empty('1'));
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
        remembered.bound(message.string(0), statement);
        if (remembered.isOwn(statement)) {
            query.reply(Messages.empty('2'));
        } else {
            relay(message);
        }
    }

    private void describe(Message message) throws IOException {
        boolean ofStatement = message.byteAt(0) == 'S';
        String name = message.string(1);
        if (!remembered.isOwn(ofStatement ? name : remembered.ofPortal(name).orElse(name))) {
            relay(message);
        } else if (ofStatement) {
            query.reply(new MessageBuilder().int16(0).build('t'), Messages.empty('n'));
        } else {
            query.reply(Messages.empty('n'));
        }
    }

    private void execute(Message message) throws IOException {
        execution.run(remembered.inPortal(message.string(0)), (relayed, ending) -> {
            replies.expect(message, To.CLIENT, ending);
            backend.write(message);
        });
    }

    private void close(Message message) throws IOException {
        String name = message.string(1);
        boolean own = message.byteAt(0) == 'S' && remembered.isOwn(name);
        if (message.byteAt(0) == 'S') {
            remembered.forget(name);
        }
        if (own) {
            query.reply(Messages.empty('3'));
        } else {
            relay(message);
        }
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
