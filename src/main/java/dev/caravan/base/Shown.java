package dev.caravan.base;

import java.util.function.IntPredicate;

/**
 * Text as it may stand on a terminal or in a log, whoever wrote it. What would move the cursor, set a title, turn the direction of writing round, hide or
 * begin a line is written as JSON and Java write it: an escape character as {@code \u001b}, a line's end as {@code \n}. All other characters stay,
 * Japanese and emoji among them. To do it twice changes nothing.
 */
public final class Shown {
    static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int EMOJI_STYLE = 0xFE0F;

    private Shown() {}

    /** The text on one line. */
    public static String line(String text) {
        return shown(text, c -> false);
    }

    /** The text with its own ends of lines, for texts of which each line was made here. */
    public static String lines(String text) {
        return shown(text, c -> c == '\n' || c == '\r' || c == '\t');
    }

    /** Whether the text stays as it is. */
    public static boolean isPlain(String text) {
        return line(text).equals(text);
    }

    private static String shown(String text, IntPredicate kept) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0, next; i < text.length(); i = next) {
            int c = text.codePointAt(i);
            next = i + Character.charCount(c);
            if (isHidden(c) && !kept.test(c) && !joinsEmoji(text, i)) {
                escape(c, shown);
            } else {
                shown.appendCodePoint(c);
            }
        }
        return shown.toString();
    }

    /** Whether a terminal would do something else with it than draw it. */
    static boolean isHidden(int c) {
        if (c >= ' ' && c < 0x7F) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.UNASSIGNED -> !isNewerThanJava(c);
            default -> isBlankLetter(c);
        };
    }

    /** Where Unicode goes on to put emoji and Chinese characters. */
    private static boolean isNewerThanJava(int c) {
        boolean never = (c & 0xFFFE) == 0xFFFE;
        return !never && (isWithin(c, 0x1F000, 0x1FBFF) || isWithin(c, 0x20000, 0x3FFFF));
    }

    private static boolean isWithin(int c, int first, int last) {
        return c >= first && c <= last;
    }

    /** Letters and marks that nobody sees: Hangul's fillers, and what selects variants of Mongolian letters and of ideographs. */
    private static boolean isBlankLetter(int c) {
        return c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || isWithin(c, 0x180B, 0x180F)
                || c == 0x3164
                || c == 0xFFA0
                || isWithin(c, 0xE0100, 0xE01EF);
    }

    /** A family is drawn as one emoji because its members are joined by this character. */
    private static boolean joinsEmoji(String text, int at) {
        return text.charAt(at) == ZERO_WIDTH_JOINER
                && at > 0
                && isEmoji(text.codePointBefore(at))
                && at + 1 < text.length()
                && isEmoji(text.codePointAt(at + 1));
    }

    private static boolean isEmoji(int c) {
        return c == EMOJI_STYLE || Character.getType(c) == Character.OTHER_SYMBOL || isWithin(c, 0x1F3FB, 0x1F3FF);
    }

    private static void escape(int c, StringBuilder to) {
        switch (c) {
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '\t' -> to.append("\\t");
            default -> {
                for (char unit : Character.toChars(c)) {
                    to.append("\\u").append("%04x".formatted((int) unit));
                }
            }
        }
    }
}
