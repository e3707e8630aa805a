package dev.caravan.sandbox.redshift.sql;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names in double quotes, which Redshift folds to lower case as it does those without, unless {@code enable_case_sensitive_identifier} is on. Only
 * ASCII's letters are folded (Database Developer Guide, "Names and identifiers").
 */
public final class Names {
    private static final Pattern SETTING = Pattern.compile(
            "(?is)^\\s*(?:set\\s+(?:session\\s+|local\\s+)?|reset\\s+)enable_case_sensitive_identifier\\b(?:\\s*(?:to|=)\\s*'?(\\w+)'?)?\\s*;?\\s*$");
    private static final Pattern SHOW =
            Pattern.compile("(?is)^\\s*show\\s+enable_case_sensitive_identifier\\s*;?\\s*$");

    private Names() {}

    /** The statement as it is when its quoted names mean what they mean in lower case. */
    public static String folded(String sql) {
        if (sql.indexOf('"') < 0) {
            return sql;
        }
        StringBuilder out = new StringBuilder(sql);
        for (Token token : Lexer.tokens(sql)) {
            if (token.kind() == Token.Kind.QUOTED_IDENTIFIER) {
                for (int i = token.start(); i < token.end(); i++) {
                    char c = sql.charAt(i);
                    if (c >= 'A' && c <= 'Z') {
                        out.setCharAt(i, (char) (c + ('a' - 'A')));
                    }
                }
            }
        }
        return out.toString();
    }

    /**
     * Whether the session's names are case-sensitive after a statement.
     *
     * @param before it
     * @param byDefault the cluster's setting
     */
    public static boolean caseSensitive(String sql, boolean before, boolean byDefault) {
        Matcher matcher = SETTING.matcher(sql);
        if (!matcher.matches()) {
            return before;
        }
        String value = matcher.group(1) == null ? "default" : matcher.group(1).toLowerCase(Locale.ROOT);
        return switch (value) {
            case "true", "on", "1" -> true;
            case "default" -> byDefault;
            default -> false;
        };
    }

    /** Whether it asks for the setting. */
    public static boolean isShow(String sql) {
        return SHOW.matcher(sql).matches();
    }
}
