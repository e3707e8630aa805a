package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.redshift.wire.Message;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One side of a session: the client or the backend. One thread reads; any may write. */
final class Peer {
    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);
    private static final int BUFFER = 1 << 16;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Object writing = new Object();

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    }

    /** For the start, when messages have no type yet. */
    DataInputStream in() {
        return in;
    }

    Optional<Message> read() throws IOException {
        return Message.read(in);
    }

    /** Whether reading would have to wait: the moment to flush the other side. */
    boolean isIdle() throws IOException {
        return in.available() == 0;
    }

    void write(Message message) throws IOException {
        synchronized (writing) {
            message.writeTo(out);
        }
    }

    void write(char type, byte[] body, int length) throws IOException {
        synchronized (writing) {
            Message.write(out, type, body, length);
        }
    }

    void writeRaw(byte[] bytes) throws IOException {
        synchronized (writing) {
            out.write(bytes);
            out.flush();
        }
    }

    void send(Message message) throws IOException {
        write(message);
        flush();
    }

    void flush() throws IOException {
        synchronized (writing) {
            out.flush();
        }
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("Closing a connection", e);
        }
    }

    /** Closes with a TCP reset. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            LOG.debug("Resetting a connection", e);
        }
        close();
    }
}
