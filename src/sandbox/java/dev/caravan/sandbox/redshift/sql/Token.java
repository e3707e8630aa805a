package dev.caravan.sandbox.redshift.sql;

/**
 * A piece of SQL.
 *
 * @param text a string's or quoted identifier's content, unescaped; for the rest as written
 * @param start offset of the first character, quotes included
 * @param end offset behind the last one
 */
public record Token(Kind kind, String text, int start, int end) {
    public enum Kind {
        WORD,
        STRING,
        QUOTED_IDENTIFIER,
        NUMBER,
        PUNCTUATION
    }

    public boolean is(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    public boolean isPunctuation(char c) {
        return kind == Kind.PUNCTUATION && text.charAt(0) == c;
    }
}
