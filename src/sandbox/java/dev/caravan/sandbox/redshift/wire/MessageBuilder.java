package dev.caravan.sandbox.redshift.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Collects a message's body. */
public final class MessageBuilder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public MessageBuilder int8(int value) {
        bytes.write(value);
        return this;
    }

    public MessageBuilder int16(int value) {
        return raw(ByteBuffer.allocate(Short.BYTES).putShort((short) value).array());
    }

    public MessageBuilder int32(int value) {
        return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    public MessageBuilder raw(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    public MessageBuilder string(String value) {
        return raw(value.getBytes(StandardCharsets.UTF_8)).int8(0);
    }

    public byte[] toByteArray() {
        return bytes.toByteArray();
    }

    public Message build(char type) {
        return new Message(type, bytes.toByteArray());
    }
}
