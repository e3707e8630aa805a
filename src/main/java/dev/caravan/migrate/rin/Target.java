package dev.caravan.migrate.rin;

import java.util.Optional;

/**
 * Which objects one of Rin's targets takes. It asks whether the key begins with {@code key_prefix}, and only where there is none whether
 * {@code key_regexp} is found in it.
 *
 * @param number its place in the configuration, from 1: Rin asks its targets in that order
 * @param keyRegexp as Java writes it; empty where there is a prefix
 * @param stops whether Rin goes no further than this: {@code break} or {@code discard}
 */
record Target(int number, String bucket, String keyPrefix, String keyRegexp, boolean stops, boolean discard) {
    private static final String SPECIAL = "\\.[]{}()*+?^$|";

    static Target of(int number, Section target, Section s3) {
        String prefix = s3.text("key_prefix");
        boolean discard = target.text("discard").equals("true");
        return new Target(
                number,
                s3.text("bucket"),
                prefix,
                prefix.isEmpty() ? s3.text("key_regexp").replace("(?P<", "(?<") : "",
                discard || target.text("break").equals("true"),
                discard);
    }

    /** What a feed's prefix is. */
    String prefix() {
        return bucket + "/" + keyPrefix;
    }

    /** A feed's expression for the same keys, which matches the whole of them; empty if the prefix says all. */
    Optional<String> keyPattern() {
        return keyRegexp.isEmpty() ? Optional.empty() : Optional.of(".*?(?:" + keyRegexp + ").*");
    }

    /** An expression that holds at the beginning of a key which this doesn't take. */
    String exclusion() {
        return "(?!" + (keyRegexp.isEmpty() ? literal(keyPrefix) : ".*?(?:" + withoutGroups(keyRegexp) + ")") + ")";
    }

    /** Whether it may take some keys that another takes. */
    boolean overlaps(Target other) {
        return bucket.equals(other.bucket)
                && (head().startsWith(other.head()) || other.head().startsWith(head()));
    }

    /** Whether it surely takes every key that another takes. */
    boolean covers(Target other) {
        boolean all = keyRegexp.isEmpty()
                ? other.head().startsWith(keyPrefix)
                : keyRegexp.equals(other.keyRegexp)
                        || (keyRegexp.matches("\\^?(\\.|\\.\\*)?\\$?") && !keyRegexp.equals("^$"));
        return bucket.equals(other.bucket) && all;
    }

    /** For people. */
    String inWords() {
        return "target " + number + " (s3://" + bucket + "/" + (keyRegexp.isEmpty() ? keyPrefix : keyRegexp) + ")";
    }

    /** What every key begins with. */
    private String head() {
        if (keyRegexp.isEmpty() || !keyRegexp.startsWith("^") || keyRegexp.indexOf('|') >= 0) {
            return keyPrefix;
        }
        int end = 1;
        while (end < keyRegexp.length() && SPECIAL.indexOf(keyRegexp.charAt(end)) < 0) {
            end++;
        }
        boolean repeated = end < keyRegexp.length() && "*?{".indexOf(keyRegexp.charAt(end)) >= 0;
        return keyRegexp.substring(1, Math.max(1, repeated ? end - 1 : end));
    }

    private static String literal(String text) {
        StringBuilder literal = new StringBuilder();
        text.chars()
                .forEach(c -> literal.append(SPECIAL.indexOf(c) < 0 ? "" : "\\").append((char) c));
        return literal.toString();
    }

    /** The same without groups that would be counted. */
    private static String withoutGroups(String regexp) {
        StringBuilder plain = new StringBuilder();
        boolean inClass = false;
        for (int i = 0; i < regexp.length(); i++) {
            char c = regexp.charAt(i);
            plain.append(c);
            if (c == '\\' && i + 1 < regexp.length()) {
                plain.append(regexp.charAt(++i));
            } else if (c == '[' || c == ']') {
                inClass = c == '[';
            } else if (c == '(' && !inClass && !regexp.startsWith("(?", i)) {
                plain.append("?:");
            }
        }
        return plain.toString().replaceAll("\\(\\?<[A-Za-z]\\w*>", "(?:");
    }
}
