package dev.caravan.sandbox.redshift.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A SELECT with a cast and a filter, written so that the cast is evaluated for all rows, also for those that the filter doesn't let through. */
public final class CastFirst {
    private static final Set<String> AGGREGATES = Set.of("MAX", "MIN", "COUNT", "SUM", "AVG", "LISTAGG");

    private CastFirst() {}

    /** The statement itself when it has no cast, or no filter, or casts what it has aggregated: there is one row then. */
    public static String rewrite(String sql) {
        List<Token> tokens = Lexer.tokens(sql);
        if (tokens.isEmpty() || !tokens.get(0).is("SELECT")) {
            return sql;
        }
        int from = top(tokens, "FROM");
        int where = top(tokens, "WHERE");
        List<Token> selected = from < 0 ? List.of() : tokens.subList(0, from);
        boolean casts = selected.stream().anyMatch(token -> token.is("CAST"));
        boolean aggregated = selected.stream()
                .anyMatch(token -> AGGREGATES.contains(token.text().toUpperCase(Locale.ROOT)));
        if (where < 0 || !casts || aggregated) {
            return sql;
        }
        String all = sql.substring(0, tokens.get(where).start());
        return "WITH sandbox_all AS MATERIALIZED (" + all + ") " + all
                + "WHERE (SELECT count(CAST(a AS text)) FROM sandbox_all a) >= 0 AND ("
                + sql.substring(tokens.get(where).end()).strip() + ")";
    }

    /** Where a word stands outside of all parentheses; -1 when it doesn't. */
    private static int top(List<Token> tokens, String word) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += tokens.get(i).isPunctuation('(') ? 1 : tokens.get(i).isPunctuation(')') ? -1 : 0;
            if (depth == 0 && tokens.get(i).is(word)) {
                return i;
            }
        }
        return -1;
    }
}
