package dev.caravan.sandbox.redshift.sql;

import dev.caravan.sandbox.redshift.sql.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The types of columns, with the lengths that Redshift gives those without one (Database Developer Guide, "Character types": 256 bytes, a CHAR one;
 * "Numeric types": a DECIMAL of 18 digits; "VARBYTE type": 64,000 bytes). In expressions a type without a length stays as it is: there "the size of
 * the output is determined using the input expression".
 */
final class ColumnTypes {
    private static final Map<String, String> MAX = Map.of("char", "4096", "varchar", "65535", "varbyte", "1024000");

    private ColumnTypes() {}

    /**
     * A type as PostgreSQL is to read it.
     *
     * @param last index of its last token
     */
    record Read(String sql, int last) {}

    /** The type that begins at a token; an empty text where it needs no change. */
    static Read at(List<Token> tokens, int from) {
        int last = from;
        String name = upper(tokens, from);
        if (name.equals("NATIONAL") && upper(tokens, from + 1).startsWith("CHAR")) {
            name = upper(tokens, ++last);
        }
        if (List.of("CHARACTER", "CHAR", "NCHAR", "BINARY").contains(name)
                && upper(tokens, last + 1).equals("VARYING")) {
            name += " " + upper(tokens, ++last);
        }
        return switch (name) {
            case "VARCHAR", "NVARCHAR", "CHARACTER VARYING", "CHAR VARYING", "NCHAR VARYING" ->
                sized("varchar", "256", tokens, last);
            case "TEXT" -> new Read("varchar(256)", last);
            case "BPCHAR" -> sized("char", "256", tokens, last);
            case "CHAR", "CHARACTER", "NCHAR" -> sized("char", "1", tokens, last);
            case "VARBYTE", "VARBINARY", "BINARY VARYING" -> sized("varbyte", "64000", tokens, last);
            case "DECIMAL", "NUMERIC" ->
                isOpen(tokens, last + 1) ? new Read("", from) : new Read("numeric(18,0)", last);
            default -> new Read("", from);
        };
    }

    private static Read sized(String type, String length, List<Token> tokens, int last) {
        if (!isOpen(tokens, last + 1) || last + 3 >= tokens.size()) {
            return new Read(type + "(" + length + ")", last);
        }
        Token size = tokens.get(last + 2);
        String bytes = size.is("MAX") ? MAX.getOrDefault(type, "") : size.text();
        return new Read(type + "(" + bytes + ")", last + 3);
    }

    private static boolean isOpen(List<Token> tokens, int at) {
        return at < tokens.size() && tokens.get(at).isPunctuation('(');
    }

    private static String upper(List<Token> tokens, int at) {
        return at < tokens.size() && tokens.get(at).kind() == Kind.WORD
                ? tokens.get(at).text().toUpperCase(Locale.ROOT)
                : "";
    }
}
