package dev.caravan.sandbox.redshift.sql;

import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What PostgreSQL has and Redshift hasn't ("Unsupported PostgreSQL features", "Unsupported PostgreSQL functions"; for IS DISTINCT FROM and CONCAT_WS
 * data-diff's dialect): refused, so that nobody comes to rely on it here. It is what SQL that compares rows is tempted by, not all there is.
 */
public final class Foreign {
    private static final Pattern CANDIDATE = Pattern.compile(
            "(?i)\\b(?:distinct\\s+(?:from|on)|on\\s+conflict|returning|concat_ws|string_agg|array_agg|regexp_matches)\\b");
    private static final Set<String> FUNCTIONS = Set.of("CONCAT_WS", "STRING_AGG", "ARRAY_AGG", "REGEXP_MATCHES");

    private Foreign() {}

    /** What the leader node says of it; empty if there is nothing of the kind. */
    public static Optional<ServerError> refused(String sql) {
        if (!CANDIDATE.matcher(sql).find()) {
            return Optional.empty();
        }
        boolean ofCatalogue = !Tables.read(sql).isEmpty() && !Tables.onComputeNodes(sql); // as psql's own queries are
        List<Token> tokens = Lexer.tokens(sql);
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token next = tokens.get(i + 1);
            boolean syntax = (token.is("DISTINCT") && (next.is("FROM") || next.is("ON")))
                    || (token.is("ON") && next.is("CONFLICT"))
                    || token.is("RETURNING");
            if (syntax) {
                return Optional.of(ServerError.of(
                        "42601", "syntax error at or near \"" + token.text().toLowerCase(Locale.ROOT) + "\""));
            }
            if (token.kind() == Token.Kind.WORD
                    && !ofCatalogue
                    && next.isPunctuation('(')
                    && FUNCTIONS.contains(token.text().toUpperCase(Locale.ROOT))) {
                return Optional.of(ServerError.of(
                        "42883", "function " + token.text().toLowerCase(Locale.ROOT) + " does not exist"));
            }
        }
        return Optional.empty();
    }
}
