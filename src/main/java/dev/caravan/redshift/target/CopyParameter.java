package dev.caravan.redshift.target;

import static dev.caravan.redshift.target.CopyParameter.Value.ENCODING_NAME;
import static dev.caravan.redshift.target.CopyParameter.Value.NONE;
import static dev.caravan.redshift.target.CopyParameter.Value.NUMBER;
import static dev.caravan.redshift.target.CopyParameter.Value.SWITCH;
import static dev.caravan.redshift.target.CopyParameter.Value.TEXT;
import static dev.caravan.redshift.target.CopyParameter.Value.TEXT_IF_ANY;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The parameters of COPY that a feed may append, named as they are written: those of "COPY parameters" in Redshift's developer guide. */
public enum CopyParameter {
    ACCEPTANYDATE(NONE),
    ACCEPTINVCHARS(TEXT_IF_ANY),
    BLANKSASNULL(NONE),
    BZIP2(NONE),
    COMPROWS(NUMBER),
    COMPUPDATE(SWITCH),
    DATEFORMAT(TEXT),
    DELIMITER(TEXT),
    EMPTYASNULL(NONE),
    ENCODING(ENCODING_NAME),
    ESCAPE(NONE),
    EXPLICIT_IDS(NONE),
    FILLRECORD(NONE),
    GZIP(NONE),
    IGNOREALLERRORS(NONE),
    IGNOREBLANKLINES(NONE),
    IGNOREHEADER(NUMBER),
    LZOP(NONE),
    MAXERROR(NUMBER),
    NULL(TEXT),
    QUOTE(TEXT),
    REGION(TEXT),
    REMOVEQUOTES(NONE),
    ROUNDEC(NONE),
    SERIALIZETOJSON(NONE),
    STATUPDATE(SWITCH),
    TIMEFORMAT(TEXT),
    TRIMBLANKS(NONE),
    TRUNCATECOLUMNS(NONE),
    ZSTD(NONE);

    /** What follows a parameter, the word AS aside. */
    enum Value {
        NONE("nothing"),
        TEXT("a string in single quotes"),
        TEXT_IF_ANY("a string in single quotes, or nothing"),
        NUMBER("a whole number"),
        SWITCH("ON or OFF, or nothing"),
        ENCODING_NAME("UTF8, UTF16, UTF16LE, UTF16BE or ISO88591");

        private static final Set<String> SWITCHES = Set.of("ON", "OFF", "TRUE", "FALSE", "PRESET");
        private static final Set<String> ENCODINGS = Set.of("UTF8", "UTF16", "UTF16LE", "UTF16BE", "ISO88591");

        private final String inWords;

        Value(String inWords) {
            this.inWords = inWords;
        }

        String inWords() {
            return inWords;
        }

        boolean isNeeded() {
            return this == TEXT || this == NUMBER || this == ENCODING_NAME;
        }

        /** @param token a quoted string, a number or a word in upper case */
        boolean takes(String token) {
            return switch (this) {
                case NONE -> false;
                case TEXT, TEXT_IF_ANY -> token.startsWith("'");
                case NUMBER -> Character.isDigit(token.charAt(0));
                case SWITCH -> SWITCHES.contains(token);
                case ENCODING_NAME -> ENCODINGS.contains(token);
            };
        }
    }

    private final Value value;

    CopyParameter(Value value) {
        this.value = value;
    }

    Value value() {
        return value;
    }

    /** Says how the files are compressed. */
    public boolean isCompression() {
        return this == BZIP2 || this == GZIP || this == LZOP || this == ZSTD;
    }

    /** @param word in upper case */
    static Optional<CopyParameter> of(String word) {
        return Stream.of(values())
                .filter(parameter -> parameter.name().equals(word))
                .findFirst();
    }
}
