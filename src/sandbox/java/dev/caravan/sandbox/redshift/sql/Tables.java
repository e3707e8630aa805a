package dev.caravan.sandbox.redshift.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which tables a statement reads: the leader node alone answers for those of the catalogue, and for none; the compute nodes do for all others. */
public final class Tables {
    private static final Set<String> BEFORE = Set.of("FROM", "JOIN", "USING", "UPDATE");

    private Tables() {}

    /** Whether compute nodes take part: a table of a user, or a system table that they keep. */
    public static boolean onComputeNodes(String sql) {
        return read(sql).stream().anyMatch(name -> !isCatalogue(name));
    }

    /** The names as they are written, in lower case, schema included. */
    public static List<String> read(String sql) {
        List<Token> tokens = Lexer.tokens(sql);
        Set<String> own = withNames(tokens);
        List<String> names = new ArrayList<>();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).kind() == Token.Kind.WORD
                    && BEFORE.contains(tokens.get(i).text().toUpperCase(Locale.ROOT))) {
                name(tokens, i + 1).filter(name -> !own.contains(name)).ifPresent(names::add);
            }
        }
        return names;
    }

    /** Empty for a subquery and for a function. */
    private static Optional<String> name(List<Token> tokens, int from) {
        int at = from;
        StringBuilder name = new StringBuilder();
        while (at < tokens.size() && isName(tokens.get(at))) {
            name.append(tokens.get(at).text().toLowerCase(Locale.ROOT));
            at++;
            if (at >= tokens.size() || !tokens.get(at).isPunctuation('.')) {
                break;
            }
            name.append('.');
            at++;
        }
        boolean function = at < tokens.size() && tokens.get(at).isPunctuation('(');
        return name.isEmpty() || function ? Optional.empty() : Optional.of(name.toString());
    }

    /** {@code WITH name AS (}, {@code , name AS (}. */
    private static Set<String> withNames(List<Token> tokens) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (isName(tokens.get(i))
                    && tokens.get(i + 1).is("AS")
                    && tokens.get(i + 2).isPunctuation('(')) {
                names.add(tokens.get(i).text().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private static boolean isName(Token token) {
        return token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.QUOTED_IDENTIFIER;
    }

    private static boolean isCatalogue(String name) {
        String bare = name.startsWith("pg_catalog.") ? name.substring("pg_catalog.".length()) : name;
        return bare.startsWith("pg_") || bare.startsWith("information_schema.") || bare.startsWith("svv_");
    }
}
