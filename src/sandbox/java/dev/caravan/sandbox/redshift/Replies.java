package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.redshift.fault.ConnectionReset;
import dev.caravan.sandbox.redshift.wire.Message;
import dev.caravan.sandbox.redshift.wire.Messages;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Brings every reply of the backend to where it belongs. One entry for each request that was sent, in order, says whose the replies
 * are; replies that the gateway makes itself stand in the same queue, so that the client sees all in the order it asked.
 */
final class Replies {
    /** Whose a request's replies are. */
    enum To {
        CLIENT,
        /** The client sent a simple query, which the gateway split: it must not see what the extended protocol adds. */
        SIMPLE_CLIENT,
        GATEWAY,
        NOBODY
    }

    /** An earlier statement of the pipeline has failed, so PostgreSQL ignores the gateway's request. */
    static final Message SKIPPED = Messages.empty('!');

    /** The backend's connection has ended. */
    static final Message GONE = Messages.empty('0');

    private static final String EXTENDED_ONLY = "12n3";
    private static final long PATIENCE_SECONDS = 600;

    private record Expected(char request, To to, List<Message> own, Ending ending) {}

    /**
     * What happens when a statement has ended well.
     *
     * @param sql the statement; empty if it is only parsed or planned
     * @param lost whether the client never hears of it
     * @param told runs before the client hears that the next statement may come
     */
    record Ending(String sql, boolean lost, Runnable told) {
        static final Ending PLAIN = new Ending("", false, () -> {});
    }

    private final Peer client;
    private final BiFunction<Message, String, Message> translation;
    private final ArrayDeque<Expected> expected = new ArrayDeque<>();
    private final BlockingQueue<Message> captured = new LinkedBlockingQueue<>();
    private final ArrayDeque<Runnable> untold = new ArrayDeque<>();
    private boolean skipping; // PostgreSQL ignores everything up to a Sync that is not sent yet
    private boolean losing;

    /** @param translation of an error on its way to the client, with the statement that ran */
    Replies(Peer client, BiFunction<Message, String, Message> translation) {
        this.client = client;
        this.translation = translation;
    }

    /** A request goes to the backend. Must be called before it is written. */
    synchronized void expect(Message request, To to, Ending ending) {
        char type = request.type();
        if (type == 'S') {
            skipping = false;
        }
        if (!skipping) {
            expected.add(new Expected(type, to, List.of(), ending));
        } else if (to == To.GATEWAY && type == 'P') {
            captured.add(SKIPPED); // once for each request
        }
    }

    /** Replies of the gateway's own, behind those that are expected now. */
    synchronized void reply(List<Message> own) throws IOException {
        if (!skipping) {
            expected.add(new Expected('!', To.CLIENT, own, Ending.PLAIN));
            deliverOwn();
        }
    }

    /** From the next answer on the client hears nothing; when the backend is ready again, the connection is reset. */
    synchronized void loseAnswers() {
        losing = true;
    }

    void forgetCaptured() {
        captured.clear();
    }

    /** The next message for the gateway that is there already, if any. */
    Optional<Message> poll() {
        return Optional.ofNullable(captured.poll());
    }

    /** The next message for the gateway. */
    Message take() throws IOException {
        try {
            Message message = captured.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null || message == GONE) {
                throw new IOException("PostgreSQL has closed the connection");
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    void backendGone() {
        captured.add(GONE);
    }

    /**
     * A message has come from the backend.
     *
     * @throws ConnectionReset when this was the answer to be lost
     * @throws dev.caravan.sandbox.faults.CallDropped when an observer wants it lost
     */
    synchronized void handle(Message message) throws IOException {
        Expected head = expected.peek();
        To to = head == null ? To.CLIENT : head.to();
        switch (message.type()) {
            case 'R', 'A', 'S', 'K' -> client.write(message);
            case 'N' -> {
                if ((to == To.CLIENT || to == To.SIMPLE_CLIENT) && !losing) {
                    client.write(message);
                }
            }
            case 'E' -> error(message, head, to);
            default -> {
                if (head != null && message.type() == 'C') {
                    untold.add(head.ending().told());
                    losing |= head.ending().lost();
                }
                if (message.type() == 'Z') {
                    ready();
                }
                deliver(message, to);
                if (head != null && ends(head.request(), message.type())) {
                    expected.poll();
                    deliverOwn();
                }
            }
        }
    }

    /** A statement outside of a transaction block is only committed when the backend is ready again, after its CommandComplete. */
    private void ready() {
        for (Runnable told = untold.poll(); told != null; told = untold.poll()) {
            told.run();
        }
        if (losing) {
            throw new ConnectionReset();
        }
    }

    private void deliver(Message message, To to) throws IOException {
        if (to == To.GATEWAY) {
            captured.add(message);
        } else if (!losing
                && (to == To.CLIENT || (to == To.SIMPLE_CLIENT && EXTENDED_ONLY.indexOf(message.type()) < 0))) {
            client.write(message);
        }
    }

    private void error(Message message, @Nullable Expected head, To to) throws IOException {
        losing = false;
        untold.clear();
        if (to != To.GATEWAY) {
            client.write(
                    translation.apply(message, head == null ? "" : head.ending().sql()));
        }
        if (head == null || head.request() == 'Q') {
            return; // a simple query ends with its ReadyForQuery
        }
        expected.poll();
        boolean owed = to == To.GATEWAY;
        while (!expected.isEmpty() && expected.peek().request() != 'S') {
            Expected skipped = expected.poll();
            if (skipped.to() == To.GATEWAY && skipped.request() == 'P' && !owed) {
                captured.add(SKIPPED);
            }
        }
        skipping = expected.isEmpty();
        if (owed) {
            captured.add(message);
        }
    }

    private static boolean ends(char request, char reply) {
        return switch (request) {
            case 'S', 'Q' -> reply == 'Z';
            case 'P' -> reply == '1';
            case 'B' -> reply == '2';
            case 'C' -> reply == '3';
            case 'D' -> reply == 'T' || reply == 'n';
            case 'E' -> reply == 'C' || reply == 'I' || reply == 's';
            default -> false;
        };
    }

    private void deliverOwn() throws IOException {
        while (!expected.isEmpty() && expected.peek().request() == '!') {
            for (Message message : expected.remove().own()) {
                if (!losing) {
                    client.write(message);
                }
            }
        }
        client.flush();
    }
}
