package dev.caravan.sandbox.redshift.copy.command;

import dev.caravan.sandbox.redshift.copy.s3.AccessKeys;
import dev.caravan.sandbox.redshift.copy.s3.S3Url;
import dev.caravan.sandbox.redshift.sql.Lexer;
import dev.caravan.sandbox.redshift.sql.Token;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.List;
import java.util.Optional;

/** A COPY from S3, parsed. */
public final class CopyCommand {
    private final String sql;
    private final String table;
    private final List<String> columns;
    private final String from;
    private final Optional<AccessKeys> keys;
    private final CopyOptions options;

    CopyCommand(
            String sql,
            String table,
            List<String> columns,
            String from,
            Optional<AccessKeys> keys,
            CopyOptions options) {
        this.sql = sql;
        this.table = table;
        this.columns = List.copyOf(columns);
        this.from = from;
        this.keys = keys;
        this.options = options;
    }

    /**
     * Empty when the statement is no COPY from an object store: PostgreSQL's own COPY goes through.
     *
     * @throws ServerError when Redshift (or this stand-in) would refuse it
     */
    public static Optional<CopyCommand> parse(String sql) throws ServerError {
        String trimmed = sql.stripLeading();
        if (!trimmed.isEmpty() && "cC-/".indexOf(trimmed.charAt(0)) < 0) {
            return Optional.empty(); // nearly every statement: not worth a lexer's run
        }
        List<Token> tokens = Lexer.tokens(sql);
        if (tokens.isEmpty() || !tokens.get(0).is("COPY")) {
            return Optional.empty();
        }
        for (int i = 1; i + 1 < tokens.size(); i++) {
            Token source = tokens.get(i + 1);
            if (tokens.get(i).is("FROM")) {
                boolean s3 = source.kind() == Token.Kind.STRING && S3Url.is(source.text());
                return s3 ? Optional.of(new CopyParser(sql, tokens, i).parse()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    public String sql() {
        return sql;
    }

    /** The target as written, quotes and schema included. */
    public String table() {
        return table;
    }

    /** The target's bare name, as error messages and load tables have it. */
    public String tableName() {
        List<Token> tokens = Lexer.tokens(table);
        return tokens.isEmpty() ? table : tokens.get(tokens.size() - 1).text();
    }

    /** The column list; empty when none is written. */
    public List<String> columns() {
        return columns;
    }

    /** The manifest, the file or the prefix. */
    public String from() {
        return from;
    }

    /** The keys with which S3 is to be read; empty if a role is. */
    public Optional<AccessKeys> keys() {
        return keys;
    }

    public boolean isNoLoad() {
        return options.has(Flag.NOLOAD);
    }

    /** Identity columns are loaded from the file, not generated. */
    public boolean hasExplicitIds() {
        return options.has(Flag.EXPLICIT_IDS);
    }

    public String format() {
        return options.format().name();
    }

    public CopyOptions options() {
        return options;
    }
}
