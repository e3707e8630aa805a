package dev.caravan.base;

import java.nio.charset.StandardCharsets;

/**
 * Text as queues and topics take it. SQS takes the characters of XML 1.0 in a message's body and in its attributes, and answers
 * {@code InvalidMessageContents} or {@code InvalidParameterValue} to others
 * (<a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>); SNS says of a subject that it has no
 * line breaks or control characters and less than 100 characters
 * (<a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>), and hands to its subscribers' queues what SQS must take.
 */
public final class SentText {
    private static final int LONGEST_SUBJECT = 99;

    private SentText() {}

    /** A text as it is, but for characters that no message may have; if it is JSON, it still says the same. */
    public static String body(String text) {
        StringBuilder body = new StringBuilder(text.length());
        text.codePoints().forEach(c -> body.append(isXml(c) ? Character.toString(c) : "\\u%04x".formatted(c)));
        return body.toString();
    }

    private static boolean isXml(int c) {
        return c >= ' '
                ? Character.getType(c) != Character.SURROGATE && c != 0xFFFE && c != 0xFFFF
                : c == '\t' || c == '\n' || c == '\r';
    }

    /**
     * A text of at least one character in at most so many bytes, on one line and with every character visible, which all are XML's.
     *
     * @param orElse for an empty text
     */
    public static String attribute(String text, int bytes, String orElse) {
        String shown = Shown.line(text).strip();
        return cut(shown.isEmpty() ? orElse : shown, bytes);
    }

    /** JSON that says the same without a character that can't be sent or shown. */
    public static String json(String json) {
        return Shown.lines(json);
    }

    /** ASCII, less than 100 characters. */
    public static String subject(String text) {
        String ascii = Shown.line(text).replaceAll("[^ -~]", "?");
        return ascii.length() <= LONGEST_SUBJECT ? ascii : ascii.substring(0, LONGEST_SUBJECT - 3) + "...";
    }

    /** Bytes as UTF-8. */
    public static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String cut(String text, int bytes) {
        if (bytes(text) <= bytes) {
            return text;
        }
        int end = 0;
        for (int used = bytes("…"); end < text.length(); ) {
            int next = text.offsetByCodePoints(end, 1);
            used += bytes(text.substring(end, next));
            if (used > bytes) {
                break;
            }
            end = next;
        }
        // What joins two emoji joins nothing at the end.
        end -= end > 0 && text.charAt(end - 1) == Shown.ZERO_WIDTH_JOINER ? 1 : 0;
        return text.substring(0, end) + "…";
    }
}
