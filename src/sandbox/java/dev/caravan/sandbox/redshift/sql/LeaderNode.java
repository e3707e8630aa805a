package dev.caravan.sandbox.redshift.sql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Functions that only the leader node has (Database Developer Guide, "Leader node-only functions"): beside tables of the compute nodes they are refused. */
public final class LeaderNode {
    private static final Set<String> FUNCTIONS = Set.of(
            "CURRENT_SCHEMA",
            "CURRENT_SCHEMAS",
            "HAS_DATABASE_PRIVILEGE",
            "HAS_SCHEMA_PRIVILEGE",
            "HAS_TABLE_PRIVILEGE",
            "SUBSTR",
            "FACTORIAL",
            "LOG",
            "AGE",
            "ISFINITE",
            "NOW",
            "GETBIT",
            "GET_BYTE",
            "SET_BIT",
            "SET_BYTE",
            "TO_ASCII");
    private static final Set<String> WORDS = Set.of("CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME");

    private LeaderNode() {}

    /** The first of them that the statement calls beside a table that isn't the leader node's. */
    public static Optional<String> misplaced(String sql) {
        List<Token> tokens = Lexer.tokens(sql);
        for (int i = 0; i < tokens.size(); i++) {
            String word = tokens.get(i).text().toUpperCase(Locale.ROOT);
            boolean called = i + 1 < tokens.size() && tokens.get(i + 1).isPunctuation('(');
            if (tokens.get(i).kind() == Token.Kind.WORD
                    && (WORDS.contains(word) || (called && FUNCTIONS.contains(word)))) {
                return Tables.onComputeNodes(sql) ? Optional.of(word.toLowerCase(Locale.ROOT)) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
