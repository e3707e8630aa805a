package dev.caravan.s3.event;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;

/** Object keys as S3's own events write them: UTF-8 bytes, percent-encoded, a space as {@code +}. */
final class S3Key {
    private S3Key() {}

    /**
     * The key that a client used.
     *
     * @throws UnreadableEvent if an escape is malformed or the bytes are not UTF-8
     */
    static String decode(String encoded) throws UnreadableEvent {
        if (encoded.isEmpty()) {
            throw new UnreadableEvent("the object's key is empty", "\"\"");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(encoded)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableEvent("the object's key is not UTF-8", encoded);
        }
    }

    private static byte[] bytes(String encoded) throws UnreadableEvent, CharacterCodingException {
        var bytes = new ByteArrayOutputStream(encoded.length());
        int i = 0;
        while (i < encoded.length()) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.write(octet(encoded, i));
                i += 3;
            } else if (c == '+') {
                bytes.write(' ');
                i++;
            } else {
                int end = encoded.offsetByCodePoints(i, 1);
                if (Character.isSurrogate(c) && end == i + 1) {
                    throw new MalformedInputException(1);
                }
                bytes.writeBytes(encoded.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end;
            }
        }
        return bytes.toByteArray();
    }

    private static int octet(String encoded, int percent) throws UnreadableEvent {
        int high = percent + 2 < encoded.length() ? hex(encoded.charAt(percent + 1)) : -1;
        int low = percent + 2 < encoded.length() ? hex(encoded.charAt(percent + 2)) : -1;
        if (high < 0 || low < 0) {
            throw new UnreadableEvent(
                    "the object's key has a '%' without two hexadecimal digits at character " + (percent + 1), encoded);
        }
        return (high << 4) | low;
    }

    private static int hex(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
