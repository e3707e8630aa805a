package dev.caravan.operate.setup;

import java.util.stream.Collectors;

/** Keys in the ARNs of policies, where some characters mean something, and some can't stand. */
final class ArnPattern {
    private static final int FIRST = 0x20, LAST = 0xFF;

    private ArnPattern() {}

    /**
     * The key's text for a policy: what IAM would take for a wildcard or a variable is escaped, and {@code *} stands for characters that no policy may
     * have: all but U+0020 to U+00FF ("IAM and AWS STS quotas", and "IAM policy elements: variables and tags", in IAM's user guide).
     */
    static String of(String key) {
        return key.codePoints()
                .mapToObj(ArnPattern::of)
                .collect(Collectors.joining())
                .replaceAll("(?<!\\$\\{)\\*+", "*");
    }

    private static String of(int c) {
        if (c < FIRST || c > LAST) {
            return "*";
        }
        return c == '$' || c == '*' || c == '?' ? "${" + (char) c + "}" : Character.toString(c);
    }
}
