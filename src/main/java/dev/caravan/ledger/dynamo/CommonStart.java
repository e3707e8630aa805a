package dev.caravan.ledger.dynamo;

import java.util.List;

/** What several texts begin with. */
final class CommonStart {
    private CommonStart() {}

    /** The longest text that all of them begin with, without half a character at its end; nothing if there are none. */
    static String of(List<String> texts) {
        if (texts.isEmpty()) {
            return "";
        }
        String first = texts.get(0);
        int length = first.length();
        for (String text : texts) {
            length = Math.min(length, text.length());
            for (int i = 0; i < length; i++) {
                if (text.charAt(i) != first.charAt(i)) {
                    length = i;
                }
            }
        }
        return first.substring(
                0, length > 0 && Character.isHighSurrogate(first.charAt(length - 1)) ? length - 1 : length);
    }
}
