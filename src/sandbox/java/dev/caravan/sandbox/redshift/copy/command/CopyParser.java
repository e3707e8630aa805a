package dev.caravan.sandbox.redshift.copy.command;

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

/** Reads COPY's text. An option that Redshift doesn't have is a syntax error, as it is there. */
final class CopyParser {
    private static final Pattern OCTAL = Pattern.compile("\\\\[0-7]{1,3}");
    private static final Pattern ON_OFF = Pattern.compile("(?i)on|off|true|false|preset");
    private static final Pattern ZONE = Pattern.compile("TZ|tz|OF");
    private static final long MAX_MAXERROR = 100_000;
    private static final Set<String> COMPRESSIONS = Set.of("BZIP2", "GZIP", "LZOP", "ZSTD");
    private static final Set<String> NOT_JSON =
            Set.of("DELIMITER", "ESCAPE", "FILLRECORD", "IGNOREBLANKLINES", "NULL", "QUOTE", "REMOVEQUOTES");

    /** What a COPY of Parquet or ORC takes, and the words of the statement itself. */
    private static final Set<String> OF_COLUMNAR = Set.of(
            "ACCEPTINVCHARS",
            "EXPLICIT_IDS",
            "FILLRECORD",
            "SERIALIZETOJSON",
            "STATUPDATE",
            "CREDENTIALS",
            "IAM_ROLE",
            "MANIFEST",
            "FORMAT",
            "AS",
            "WITH",
            "AUTHORIZATION",
            "PARQUET",
            "ORC",
            ";");

    private final String sql;
    private final List<Token> tokens;
    private final int from;
    private int at;

    private Format format = Format.TEXT;
    private String argument = "auto";
    private Compression compression = Compression.NONE;
    private Optional<String> key = Optional.empty();
    private Optional<String> region = Optional.empty();
    private boolean encrypted;
    private Optional<Character> delimiter = Optional.empty();
    private char quote = '"';
    private String nullAs = "\\N";
    private int ignoreHeader;
    private long maxError;
    private Encoding encoding = Encoding.UTF8;
    private char replacement = '?';
    private String dateFormat = "";
    private String timeFormat = "";
    private final Authorization authorization = new Authorization("COPY");
    private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
    private final Set<String> written = new LinkedHashSet<>();

    /** @param from where the word FROM stands */
    CopyParser(String sql, List<Token> tokens, int from) {
        this.sql = sql;
        this.tokens = tokens;
        this.from = from;
    }

    CopyCommand parse() throws ServerError {
        int i = 1;
        while (i < from && !tokens.get(i).isPunctuation('(')) {
            i++;
        }
        String table =
                i > 1 ? sql.substring(tokens.get(1).start(), tokens.get(i - 1).end()) : "";
        List<String> columns = new ArrayList<>();
        for (; i < from; i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.WORD) {
                columns.add(token.text().toLowerCase(Locale.ROOT));
            } else if (token.kind() == Token.Kind.QUOTED_IDENTIFIER) {
                columns.add(token.text());
            }
        }
        at = from + 2;
        while (at < tokens.size()) {
            option(tokens.get(at++));
        }
        check();
        return new CopyCommand(sql, table, columns, tokens.get(from + 1).text(), authorization.keys(), options());
    }

    private CopyOptions options() {
        return new CopyOptions(
                format,
                argument,
                compression,
                key,
                region,
                delimiter.orElse(format == Format.CSV ? ',' : '|'),
                quote,
                nullAs,
                ignoreHeader,
                maxError,
                encoding,
                replacement,
                dateFormat,
                timeFormat,
                Set.copyOf(flags));
    }

    private void option(Token token) throws ServerError {
        String word = token.text().toUpperCase(Locale.ROOT);
        switch (word) {
            case "WITH", "FORMAT", "AS", "AUTHORIZATION", ";" -> {}
            case "REGION" -> region = Optional.of(value());
            case "COMPROWS", "READRATIO" -> value();
            case "ENCODING" -> encoding = encoding(value());
            case "COMPUPDATE", "STATUPDATE" -> {
                if (at < tokens.size() && ON_OFF.matcher(tokens.get(at).text()).matches()) {
                    at++;
                }
            }
            case "CSV", "ORC", "PARQUET", "SHAPEFILE" -> format = Format.valueOf(word);
            case "AVRO", "JSON" -> {
                format = Format.valueOf(word);
                argument = optionalString().orElse("auto");
            }
            case "FIXEDWIDTH" -> {
                format = Format.FIXEDWIDTH;
                argument = value();
            }
            case "GZIP", "BZIP2", "ZSTD", "LZOP" -> compression = Compression.valueOf(word);
            case "QUOTE" -> quote = character("quote");
            case "DELIMITER" -> delimiter = Optional.of(character("delimiter"));
            case "NULL" -> nullAs = value();
            case "IGNOREHEADER" -> ignoreHeader = (int) number(Integer.MAX_VALUE);
            case "MAXERROR" -> maxError = number(MAX_MAXERROR);
            case "DATEFORMAT" -> dateFormat = value();
            case "TIMEFORMAT" -> timeFormat = withoutZone(value());
            case "ACCEPTINVCHARS" -> {
                flags.add(Flag.ACCEPTINVCHARS);
                replacement =
                        optionalString().filter(s -> !s.isEmpty()).orElse("?").charAt(0);
            }
            case "MASTER_SYMMETRIC_KEY" -> key = Optional.of(value());
            case "ENCRYPTED" -> encrypted = true;
            case "SSH" -> throw unsupported("COPY parameter " + word);
            default -> {
                if (!authorization.take(word, this::value)) {
                    flags.add(flag(token, word));
                }
            }
        }
        written.add(word);
    }

    private Flag flag(Token token, String word) throws ServerError {
        for (Flag flag : Flag.values()) {
            if (flag.name().equals(word) && token.kind() == Token.Kind.WORD) {
                return flag;
            }
        }
        throw syntaxError(token.text());
    }

    private void check() throws ServerError {
        if (!format.isSupported()) {
            throw unsupported("COPY format " + format);
        }
        authorization.check();
        if (encrypted != key.isPresent()) {
            throw ServerError.of("42601", "ENCRYPTED and MASTER_SYMMETRIC_KEY have to be given together");
        }
        if (written.stream().filter(COMPRESSIONS::contains).count() > 1) {
            throw ServerError.of("42601", "conflicting or redundant options");
        }
        if (written.contains("MAXERROR") && flags.contains(Flag.IGNOREALLERRORS)) {
            throw ServerError.of("42601", "IGNOREALLERRORS can't be specified with MAXERROR");
        }
        if (format == Format.FIXEDWIDTH && encoding != Encoding.UTF8) {
            throw ServerError.of("0A000", "ENCODING " + encoding + " is not supported for FIXEDWIDTH based COPY");
        }
        for (String parameter : written) {
            if (isRefused(parameter)) {
                throw ServerError.of("0A000", parameter + " argument is not supported for " + format + " based COPY");
            }
        }
    }

    private boolean isRefused(String parameter) {
        return switch (format) {
            case CSV -> Set.of("ESCAPE", "REMOVEQUOTES").contains(parameter);
            case TEXT -> parameter.equals("QUOTE");
            case FIXEDWIDTH -> Set.of("DELIMITER", "ESCAPE", "QUOTE").contains(parameter);
            case JSON -> NOT_JSON.contains(parameter);
            case PARQUET, ORC -> !OF_COLUMNAR.contains(parameter);
            default -> false;
        };
    }

    private String value() throws ServerError {
        skipAs();
        if (at >= tokens.size()) {
            throw ServerError.of("42601", "syntax error at end of input");
        }
        return tokens.get(at++).text();
    }

    private Optional<String> optionalString() {
        skipAs();
        return at < tokens.size() && tokens.get(at).kind() == Token.Kind.STRING
                ? Optional.of(tokens.get(at++).text())
                : Optional.empty();
    }

    /** "You can't include a time zone specifier in the timeformat_string" ("Data conversion parameters"); the words are no quote. */
    private static String withoutZone(String format) throws ServerError {
        if (ZONE.matcher(format).find()) {
            throw ServerError.of("22007", "TIMEFORMAT '" + format + "' has a time zone specifier");
        }
        return format;
    }

    private static Encoding encoding(String name) throws ServerError {
        for (Encoding encoding : Encoding.values()) {
            if (encoding.name().equalsIgnoreCase(name)) {
                return encoding;
            }
        }
        throw ServerError.of("22023", "invalid encoding name \"" + name + "\"");
    }

    private char character(String what) throws ServerError {
        String value = value();
        if (OCTAL.matcher(value).matches()) {
            return (char) Integer.parseInt(value.substring(1), 8);
        }
        if (value.length() != 1 || value.charAt(0) > 127) {
            throw ServerError.of("42601", "COPY " + what + " must be a single ASCII character");
        }
        return value.charAt(0);
    }

    private long number(long max) throws ServerError {
        String value = value();
        try {
            long number = Long.parseLong(value);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw syntaxError(value);
        }
        throw ServerError.of("22023", "value " + value + " is out of range: at most " + max);
    }

    private void skipAs() {
        if (at < tokens.size() && tokens.get(at).is("AS")) {
            at++;
        }
    }

    private static ServerError syntaxError(String near) {
        return ServerError.of("42601", "syntax error at or near \"" + near + "\"");
    }

    private static ServerError unsupported(String what) {
        return ServerError.of("0A000", what + " is not supported by the sandbox's Redshift");
    }
}
