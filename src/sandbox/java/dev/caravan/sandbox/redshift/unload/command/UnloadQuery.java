package dev.caravan.sandbox.redshift.unload.command;

import dev.caravan.sandbox.redshift.sql.Lexer;
import dev.caravan.sandbox.redshift.sql.Token;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.List;

/** The query in an UNLOAD: which ones it takes. */
final class UnloadQuery {
    private UnloadQuery() {}

    /** The text of a string in quotes, or in dollars with their tag. */
    static String unquoted(Token string) {
        String text = string.text();
        int tag = text.indexOf('$', 1) + 1;
        boolean dollars = string.end() - string.start() == text.length() && text.startsWith("$") && tag > 1;
        return dollars ? text.substring(tag, Math.max(tag, text.length() - tag)) : text;
    }

    /** "A SELECT query", and "the SELECT query can't use a LIMIT clause in the outer SELECT" ("UNLOAD"); the words of the latter are a guess. */
    static void check(String select) throws ServerError {
        List<Token> tokens = withoutParentheses(Lexer.tokens(select));
        if (Lexer.statements(select).size() != 1) {
            throw ServerError.of("42601", "UNLOAD takes one SELECT query");
        }
        Token first = tokens.get(0);
        if (!first.is("SELECT") && !first.is("WITH") && !first.isPunctuation('(')) {
            throw UnloadParser.syntaxError(first.text());
        }
        int depth = 0;
        for (Token token : tokens) {
            depth += token.isPunctuation('(') ? 1 : token.isPunctuation(')') ? -1 : 0;
            if (depth == 0 && (token.is("LIMIT") || token.is("FETCH"))) {
                throw ServerError.of("0A000", "Limit clause is not supported");
            }
        }
    }

    /** The query within parentheses that are around all of it. */
    private static List<Token> withoutParentheses(List<Token> tokens) {
        List<Token> inner = tokens;
        while (isWrapped(inner)) {
            inner = inner.subList(1, inner.size() - 1);
        }
        return inner;
    }

    private static boolean isWrapped(List<Token> tokens) {
        if (tokens.size() < 3 || !tokens.get(0).isPunctuation('(')) {
            return false;
        }
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += tokens.get(i).isPunctuation('(') ? 1 : tokens.get(i).isPunctuation(')') ? -1 : 0;
            if (depth == 0) {
                return i == tokens.size() - 1;
            }
        }
        return false;
    }
}
