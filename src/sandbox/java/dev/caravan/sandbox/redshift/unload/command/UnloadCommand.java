package dev.caravan.sandbox.redshift.unload.command;

import dev.caravan.sandbox.redshift.copy.s3.AccessKeys;
import dev.caravan.sandbox.redshift.copy.s3.S3Url;
import dev.caravan.sandbox.redshift.sql.Lexer;
import dev.caravan.sandbox.redshift.sql.Token;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.List;
import java.util.Optional;

/**
 * An UNLOAD, parsed.
 *
 * @param sql as it was written
 * @param select the query, out of its quotes
 * @param to what the names of all files begin with; with PARTITION BY a folder
 * @param keys with which S3 is to be written; empty if a role is
 */
public record UnloadCommand(String sql, String select, S3Url to, Optional<AccessKeys> keys, UnloadOptions options) {

    /**
     * Empty when the statement is no UNLOAD.
     *
     * @throws ServerError when Redshift (or this stand-in) would refuse it
     */
    public static Optional<UnloadCommand> parse(String sql) throws ServerError {
        String trimmed = sql.stripLeading();
        if (!trimmed.isEmpty() && "uU-/".indexOf(trimmed.charAt(0)) < 0) {
            return Optional.empty();
        }
        List<Token> tokens = Lexer.tokens(sql);
        return tokens.isEmpty() || !tokens.get(0).is("UNLOAD")
                ? Optional.empty()
                : Optional.of(new UnloadParser(sql, tokens).parse());
    }

    /** Never the keys. */
    @Override
    public String toString() {
        return "UnloadCommand[" + to + "]";
    }
}
