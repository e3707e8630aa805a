package dev.caravan.base;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Keys and values as somebody writes them who wants to be more than data. */
public final class HostileTexts {
    /** Bytes of the longest key: <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">S3 takes 1,024</a>. */
    public static final int LONGEST_KEY = 1024;

    private static final List<String> PARTS = List.of(
            "'",
            "\"",
            "`",
            "$(touch owned)",
            "${HOME}",
            "\\",
            "\\n",
            "%",
            "%0A",
            "+",
            "!",
            "\n",
            "\r\n",
            "\t",
            "\0",
            "\u0007",
            "\u001b[2J",
            "\u001b]52;c;YQ==\u0007",
            "\u009b31m",
            "\u007f",
            "\u0085",
            "\u2028",
            "\u202e",
            "\u2066",
            "\u200b",
            "\u200d",
            "\ufeff",
            "\ufffe",
            "\uffff",
            "\ue000",
            "; rm -rf /",
            "--version",
            " ",
            "  ",
            "イベント",
            "👩‍👧",
            "{}",
            "%m",
            "{}%n",
            "${jndi:x}",
            "${body}",
            "\n2026-01-01 00:00:00.000 ERROR ");

    private HostileTexts() {}

    /** Any text of characters that UTF-8 can say. */
    public static Arbitrary<String> texts() {
        Arbitrary<String> anything = Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .map(Character::toString);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(3, Arbitraries.of(PARTS)), net.jqwik.api.Tuple.of(2, anything))
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    /** Keys that S3 takes: at least one character, at most 1,024 bytes; every tenth as long as can be. */
    public static Arbitrary<String> keys() {
        Arbitrary<String> keys = texts().map(text -> shortened("k" + text));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(9, keys),
                net.jqwik.api.Tuple.of(1, keys.map(key -> shortened(key.repeat(LONGEST_KEY)))));
    }

    private static String shortened(String key) {
        StringBuilder text = new StringBuilder();
        int bytes = 0;
        for (int c : key.codePoints().limit(LONGEST_KEY).toArray()) {
            bytes += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > LONGEST_KEY) {
                break;
            }
            text.appendCodePoint(c);
        }
        return text.toString();
    }
}
