package dev.caravan.sandbox.redshift.unload.command;

import dev.caravan.sandbox.redshift.copy.command.Authorization;
import dev.caravan.sandbox.redshift.copy.s3.S3Url;
import dev.caravan.sandbox.redshift.sql.Token;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads UNLOAD's text (Database Developer Guide, "UNLOAD"). An option that isn't there is a syntax error. */
final class UnloadParser {
    private static final Pattern OCTAL = Pattern.compile("\\\\[0-7]{1,3}");
    private static final Set<String> FLAGS = Set.of("HEADER", "ADDQUOTES", "ESCAPE", "ALLOWOVERWRITE", "CLEANPATH");

    private final String sql;
    private final List<Token> tokens;
    private int at;

    private UnloadFormat format = UnloadFormat.TEXT;
    private UnloadCompression compression = UnloadCompression.NONE;
    private Optional<Character> delimiter = Optional.empty();
    private Optional<String> nullAs = Optional.empty();
    private final List<String> partitionBy = new ArrayList<>();
    private long maxFileSize = Sizes.LARGEST_FILE;
    private int rowGroupSize = Sizes.SMALLEST_ROW_GROUP;
    private Optional<String> region = Optional.empty();
    private Optional<String> extension = Optional.empty();
    private Optional<String> kmsKey = Optional.empty();
    private final Authorization authorization = new Authorization("UNLOAD");
    private final Set<UnloadFlag> flags = EnumSet.noneOf(UnloadFlag.class);
    private final Set<String> written = new LinkedHashSet<>();

    UnloadParser(String sql, List<Token> tokens) {
        this.sql = sql;
        this.tokens = tokens;
    }

    UnloadCommand parse() throws ServerError {
        at = 1;
        expect('(');
        String select = UnloadQuery.unquoted(string());
        expect(')');
        Token to = next();
        if (!to.is("TO")) {
            throw syntaxError(to.text());
        }
        String url = string().text();
        if (!S3Url.is(url) || S3Url.of(url).bucket().isEmpty()) {
            throw ServerError.of(
                    "0A000", "UNLOAD destination is not supported. (Hint: only S3 based unload is allowed)");
        }
        while (at < tokens.size()) {
            option(next());
        }
        UnloadQuery.check(select);
        authorization.check();
        UnloadRules.check(format, written);
        S3Url prefix = S3Url.of(url);
        boolean folder =
                partitionBy.isEmpty() || prefix.key().isEmpty() || prefix.key().endsWith("/");
        return new UnloadCommand(
                sql,
                select,
                folder ? prefix : new S3Url(prefix.bucket(), prefix.key() + "/"),
                authorization.keys(),
                options());
    }

    private UnloadOptions options() {
        return new UnloadOptions(
                format,
                compression,
                delimiter.orElse(format == UnloadFormat.CSV ? ',' : '|'),
                nullAs,
                List.copyOf(partitionBy),
                maxFileSize,
                rowGroupSize,
                region,
                extension,
                kmsKey,
                Set.copyOf(flags));
    }

    private void option(Token token) throws ServerError {
        String word = token.kind() == Token.Kind.WORD || token.isPunctuation(';')
                ? token.text().toUpperCase(Locale.ROOT)
                : "";
        switch (word) {
            case "WITH", "AS", "AUTHORIZATION", ";" -> {
                return;
            }
            case "FORMAT" -> {}
            case "CSV", "PARQUET", "JSON" -> format = UnloadFormat.valueOf(word);
            case "GZIP", "BZIP2", "ZSTD" -> compression = UnloadCompression.valueOf(word);
            case "PARTITION" -> partition();
            case "MANIFEST" -> {
                flags.add(UnloadFlag.MANIFEST);
                if (skip("VERBOSE")) {
                    flags.add(UnloadFlag.VERBOSE);
                }
            }
            case "PARALLEL" -> {
                if (skip("OFF") || skip("FALSE")) {
                    flags.add(UnloadFlag.SERIAL);
                } else if (!skip("ON")) {
                    skip("TRUE");
                }
            }
            case "DELIMITER" -> delimiter = Optional.of(character(value()));
            case "NULL" -> nullAs = Optional.of(value());
            case "MAXFILESIZE" -> maxFileSize = Sizes.file(value(), unit());
            case "ROWGROUPSIZE" -> rowGroupSize = Sizes.rowGroup(value(), unit());
            case "REGION" -> region = Optional.of(value());
            case "EXTENSION" -> extension = Optional.of(value());
            case "KMS_KEY_ID" -> kmsKey = Optional.of(value());
            case "MASTER_SYMMETRIC_KEY", "FIXEDWIDTH" -> value();
            case "ENCRYPTED" -> {
                if (skip("AUTO")) {
                    written.add("AUTO");
                }
            }
            default -> {
                if (FLAGS.contains(word)) {
                    flags.add(UnloadFlag.valueOf(word));
                } else if (!authorization.take(word, this::value)) {
                    throw syntaxError(token.text());
                }
            }
        }
        if (!written.add(word)) {
            throw UnloadRules.conflicting();
        }
    }

    private void partition() throws ServerError {
        Token by = next();
        if (!by.is("BY")) {
            throw syntaxError(by.text());
        }
        expect('(');
        Token separator;
        do {
            Token name = next();
            if (name.kind() == Token.Kind.WORD) {
                partitionBy.add(name.text().toLowerCase(Locale.ROOT));
            } else if (name.kind() == Token.Kind.QUOTED_IDENTIFIER) {
                partitionBy.add(name.text());
            } else {
                throw syntaxError(name.text());
            }
            separator = next();
        } while (separator.isPunctuation(','));
        if (!separator.isPunctuation(')')) {
            throw syntaxError(separator.text());
        }
        if (skip("INCLUDE")) {
            flags.add(UnloadFlag.INCLUDE);
        }
    }

    private String value() throws ServerError {
        skip("AS");
        return next().text();
    }

    private String unit() {
        return skip("GB") ? "GB" : skip("MB") ? "MB" : "";
    }

    private boolean skip(String word) {
        boolean there = at < tokens.size() && tokens.get(at).is(word);
        at += there ? 1 : 0;
        return there;
    }

    private Token string() throws ServerError {
        Token token = next();
        if (token.kind() != Token.Kind.STRING) {
            throw syntaxError(token.text());
        }
        return token;
    }

    private void expect(char punctuation) throws ServerError {
        Token token = next();
        if (!token.isPunctuation(punctuation)) {
            throw syntaxError(token.text());
        }
    }

    private Token next() throws ServerError {
        if (at >= tokens.size()) {
            throw ServerError.of("42601", "syntax error at end of input");
        }
        return tokens.get(at++);
    }

    private static char character(String value) throws ServerError {
        if (OCTAL.matcher(value).matches()) {
            return (char) Integer.parseInt(value.substring(1), 8);
        }
        if (value.length() != 1 || value.charAt(0) > 127) {
            throw ServerError.of("42601", "UNLOAD delimiter must be a single ASCII character");
        }
        return value.charAt(0);
    }

    static ServerError syntaxError(String near) {
        return ServerError.of("42601", "syntax error at or near \"" + near + "\"");
    }
}
