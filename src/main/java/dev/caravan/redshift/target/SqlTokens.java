package dev.caravan.redshift.target;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of SQL, as far as one must know them to find where a statement ends. */
public final class SqlTokens {
    private static final Pattern TOKEN = Pattern.compile(
            "(?<text>'(?:[^'\\\\]|''|\\\\\\\\|\\\\[^'\\\\])*+'|\"(?:[^\"]|\"\")*+\")"
                    + "|(?<comment>--[^\\n]*+|/\\*(?:(?!\\*/|/\\*).)*+\\*/|\\s++)"
                    + "|(?<dollars>\\$(?<tag>\\w*+)\\$.*?\\$\\k<tag>\\$)"
                    + "|(?<end>;)|(?<word>\\w++)|(?<open>['\"]|/\\*|\\$\\w*+\\$)|(?<other>.)",
            Pattern.DOTALL);

    private SqlTokens() {}

    /**
     * Finds each part in turn, in one of the groups {@code text} (a string or a quoted name), {@code comment} (or blanks), {@code dollars} (a
     * dollar-quoted text), {@code end} (a semicolon), {@code word}, {@code open} (the beginning of something that isn't closed) and
     * {@code other} (a single character).
     */
    public static Matcher of(String sql) {
        return TOKEN.matcher(sql);
    }
}
