package dev.caravan.sandbox.redshift.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One typed protocol message: a type byte, a length of four bytes that counts itself, a body. */
public final class Message {
    private final char type;
    private final byte[] body;

    Message(char type, byte[] body) {
        this.type = type;
        this.body = body;
    }

    /** Reads the next message; empty when the other side has closed the connection. */
    public static Optional<Message> read(DataInputStream in) throws IOException {
        int type = in.read();
        if (type < 0) {
            return Optional.empty();
        }
        byte[] body = new byte[in.readInt() - Integer.BYTES];
        in.readFully(body);
        return Optional.of(new Message((char) type, body));
    }

    public void writeTo(OutputStream out) throws IOException {
        write(out, type, body, body.length);
    }

    /** Writes a message from a part of a buffer, without a copy: COPY's data goes this way. */
    public static void write(OutputStream out, char type, byte[] body, int length) throws IOException {
        out.write(ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) type)
                .putInt(length + Integer.BYTES)
                .array());
        out.write(body, 0, length);
    }

    public char type() {
        return type;
    }

    public int length() {
        return body.length;
    }

    public byte byteAt(int offset) {
        return body[offset];
    }

    public int int32(int offset) {
        return ByteBuffer.wrap(body).getInt(offset);
    }

    /** The zero-terminated string at an offset. */
    public String string(int offset) {
        return string(offset, endOfString(offset) - offset);
    }

    public String string(int offset, int length) {
        return new String(body, offset, length, StandardCharsets.UTF_8);
    }

    /** Where the zero-terminated string at an offset ends: the offset of its zero. */
    public int endOfString(int offset) {
        int end = offset;
        while (body[end] != 0) {
            end++;
        }
        return end;
    }

    public byte[] bytesFrom(int offset) {
        return java.util.Arrays.copyOfRange(body, offset, body.length);
    }
}
