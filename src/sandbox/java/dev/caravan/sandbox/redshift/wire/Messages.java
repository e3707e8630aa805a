package dev.caravan.sandbox.redshift.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** The messages that the gateway makes itself. */
public final class Messages {
    private Messages() {}

    public static Message empty(char type) {
        return new Message(type, new byte[0]);
    }

    public static Message parse(String statement, String sql) {
        return new MessageBuilder().string(statement).string(sql).int16(0).build('P');
    }

    public static Message bind(String portal, String statement) {
        return new MessageBuilder()
                .string(portal)
                .string(statement)
                .int16(0)
                .int16(0)
                .int16(0)
                .build('B');
    }

    public static Message describePortal(String portal) {
        return new MessageBuilder().int8('P').string(portal).build('D');
    }

    public static Message execute(String portal) {
        return new MessageBuilder().string(portal).int32(0).build('E');
    }

    /** @param rows at most so many, and PortalSuspended if there are more */
    public static Message execute(String portal, int rows) {
        return new MessageBuilder().string(portal).int32(rows).build('E');
    }

    public static Message describeStatement(String statement) {
        return new MessageBuilder().int8('S').string(statement).build('D');
    }

    public static Message closePortal(String portal) {
        return new MessageBuilder().int8('P').string(portal).build('C');
    }

    public static Message closeStatement(String statement) {
        return new MessageBuilder().int8('S').string(statement).build('C');
    }

    public static Message copyFail(String reason) {
        return new MessageBuilder().string(reason).build('f');
    }

    public static Message commandComplete(String tag) {
        return new MessageBuilder().string(tag).build('C');
    }

    public static Message parameterStatus(String name, String value) {
        return new MessageBuilder().string(name).string(value).build('S');
    }

    public static Message info(String text) {
        return fields('N', Map.of('S', "INFO", 'C', "00000", 'M', text));
    }

    public static Message error(ServerError error) {
        Map<Character, String> fields = new LinkedHashMap<>();
        fields.put('S', error.severity());
        fields.put('C', error.sqlState());
        fields.put('M', error.text());
        if (!error.detail().isEmpty()) {
            fields.put('D', error.detail());
        }
        return fields('E', fields);
    }

    /** The fields of an error or a notice, by their letters. */
    public static Map<Character, String> fields(Message message) {
        Map<Character, String> fields = new LinkedHashMap<>();
        int at = 0;
        while (message.byteAt(at) != 0) {
            fields.put((char) message.byteAt(at), message.string(at + 1));
            at = message.endOfString(at + 1) + 1;
        }
        return fields;
    }

    /** An error, or a notice, without one of its fields. */
    public static Message without(Message message, char letter) {
        Map<Character, String> fields = fields(message);
        fields.remove(letter);
        return fields(message.type(), fields);
    }

    private static Message fields(char type, Map<Character, String> fields) {
        MessageBuilder builder = new MessageBuilder();
        fields.forEach((letter, text) -> builder.int8(letter).string(text));
        return builder.int8(0).build(type);
    }
}
