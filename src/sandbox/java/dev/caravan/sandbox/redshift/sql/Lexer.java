package dev.caravan.sandbox.redshift.sql;

import dev.caravan.sandbox.redshift.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Splits SQL into tokens with Redshift's quoting: backslash escapes in every string, nested comments, dollar quotes. */
public final class Lexer {
    private final String sql;
    private int at;

    private Lexer(String sql) {
        this.sql = sql;
    }

    public static List<Token> tokens(String sql) {
        return new Lexer(sql).run();
    }

    /** The statements of a string, without their semicolons; empty ones are dropped. */
    public static List<String> statements(String sql) {
        List<String> statements = new ArrayList<>();
        int from = 0;
        boolean any = false;
        for (Token token : tokens(sql)) {
            if (!token.isPunctuation(';')) {
                any = true;
                continue;
            }
            if (any) {
                statements.add(sql.substring(from, token.start()).strip());
            }
            from = token.end();
            any = false;
        }
        if (any) {
            statements.add(sql.substring(from).strip());
        }
        return statements;
    }

    private List<Token> run() {
        List<Token> tokens = new ArrayList<>();
        while (skipBlanksAndComments()) {
            tokens.add(next());
        }
        return tokens;
    }

    private boolean skipBlanksAndComments() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", at)) {
                skipBlockComment();
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipBlockComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
    }

    private Token next() {
        int start = at;
        char c = sql.charAt(at);
        if (c == '\'') {
            return token(Kind.STRING, quoted('\''), start);
        }
        if ((c == 'E' || c == 'e') && sql.startsWith("'", at + 1)) {
            at++;
            return token(Kind.STRING, quoted('\''), start);
        }
        if (c == '"') {
            return token(Kind.QUOTED_IDENTIFIER, quoted('"'), start);
        }
        if (c == '$') {
            String tag = dollarTag();
            if (!tag.isEmpty()) {
                int end = sql.indexOf(tag, at + tag.length());
                at = end < 0 ? sql.length() : end + tag.length();
                return token(Kind.STRING, sql.substring(start, at), start);
            }
        }
        if (Character.isLetter(c) || c == '_') {
            skipWhile("_$");
            return token(Kind.WORD, sql.substring(start, at), start);
        }
        if (Character.isDigit(c)) {
            skipWhile(".");
            return token(Kind.NUMBER, sql.substring(start, at), start);
        }
        at++;
        return token(Kind.PUNCTUATION, String.valueOf(c), start);
    }

    private Token token(Kind kind, String text, int start) {
        return new Token(kind, text, start, at);
    }

    private void skipWhile(String alsoAllowed) {
        while (at < sql.length()
                && (Character.isLetterOrDigit(sql.charAt(at)) || alsoAllowed.indexOf(sql.charAt(at)) >= 0)) {
            at++;
        }
    }

    private String quoted(char quote) {
        StringBuilder content = new StringBuilder();
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c == quote) {
                if (at < sql.length() && sql.charAt(at) == quote) {
                    at++;
                } else {
                    return content.toString();
                }
            } else if (c == '\\' && quote == '\'' && at < sql.length()) {
                content.append(unescaped(sql.charAt(at++)));
                continue;
            }
            content.append(c);
        }
        return content.toString();
    }

    /** Unknown escapes keep their backslash: NULL AS '\N' and DELIMITER '\001' are read by COPY itself. */
    private static String unescaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '\\', '\'' -> String.valueOf(c);
            default -> "\\" + c;
        };
    }

    private String dollarTag() {
        int end = at + 1;
        while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
            end++;
        }
        boolean parameter = end > at + 1 && Character.isDigit(sql.charAt(at + 1));
        return end < sql.length() && sql.charAt(end) == '$' && !parameter ? sql.substring(at, end + 1) : "";
    }
}
