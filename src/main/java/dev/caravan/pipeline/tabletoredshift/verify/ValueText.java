package dev.caravan.pipeline.tabletoredshift.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What a type's values are compared by: how Redshift gives their text, and one text for all texts of the same value. Two texts are made equal only if they are
 * the same value to the type; where Redshift's own text isn't exact, as that of floats, it isn't asked for one.
 */
enum ValueText {
    NUMBER("%s"),
    /** As a double, of which the driver has all digits; a REAL's own text may have too few. */
    REAL("%s::double precision"),
    DOUBLE("%s"),
    BOOLEAN("%s"),
    DATE("TO_CHAR(%s, 'YYYY-MM-DD')"),
    TIMESTAMP("TO_CHAR(%s, 'YYYY-MM-DD HH24:MI:SS.US')"),
    TIMESTAMPTZ("TO_CHAR(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"),
    TIME("%s::varchar"),
    BYTES("%s"),
    JSON("%s"),
    TEXT("%s");
    private static final int LONGEST_JSON = 20_000_000, DEEPEST = 1_000;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_JSON)
                            .maxNumberLength(LONGEST_JSON)
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String expression;

    ValueText(String expression) {
        this.expression = expression;
    }

    /** Of a type in DDL: {@code DECIMAL(10,2)}. */
    static ValueText of(String type) {
        return switch (type.replaceFirst("\\(.*", "")) {
            case "SMALLINT", "INTEGER", "BIGINT", "DECIMAL" -> NUMBER;
            case "REAL" -> REAL;
            case "DOUBLE PRECISION" -> DOUBLE;
            case "BOOLEAN" -> BOOLEAN;
            case "DATE" -> DATE;
            case "TIMESTAMP" -> TIMESTAMP;
            case "TIMESTAMPTZ" -> TIMESTAMPTZ;
            case "TIME" -> TIME;
            case "VARBYTE" -> BYTES;
            case "SUPER" -> JSON;
            default -> TEXT;
        };
    }

    /** In Redshift's SQL, of a column in quotes. */
    String expression(String column) {
        return expression.formatted(column);
    }

    /** Whether the driver is asked for a double. */
    boolean isFloat() {
        return this == REAL || this == DOUBLE;
    }

    /** The same for all texts of one value. */
    String canonical(String text) {
        return switch (this) {
            case NUMBER -> number(text);
            case REAL -> text(Float.parseFloat(text));
            case DOUBLE -> text(Double.parseDouble(text));
            case BOOLEAN -> text.startsWith("t") || text.equals("1") ? "1" : "0";
            case TIMESTAMP, TIMESTAMPTZ, TIME -> time(text);
            case BYTES -> text.toLowerCase(Locale.ROOT);
            case JSON -> json(text);
            case DATE, TEXT -> text;
        };
    }

    private static String number(String text) {
        boolean plain = text.indexOf('.') < 0 && text.length() > 1 && text.charAt(0) > '0';
        return plain ? text : new BigDecimal(text).stripTrailingZeros().toPlainString();
    }

    /** -0 is 0, as SQL has it. */
    private static String text(double value) {
        return Double.toString(value == 0 ? 0 : value);
    }

    /** Without the zone, which is UTC, and zeros behind a fraction. */
    private static String time(String text) {
        int end = text.endsWith("+00") ? text.length() - 3 : text.length();
        if (text.lastIndexOf('.', end) >= 0) {
            while (text.charAt(end - 1) == '0') {
                end--;
            }
            end -= text.charAt(end - 1) == '.' ? 1 : 0;
        }
        return text.substring(0, end);
    }

    /** The same to who asks for its fields: in any order, the last of those that come twice, numbers by their value. What isn't JSON is itself. */
    private static String json(String text) {
        try {
            StringBuilder out = new StringBuilder();
            json(MAPPER.readTree(text), out);
            return out.toString();
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private static void json(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            out.append('{');
            fields.forEach((name, value) -> {
                out.append(MAPPER.getNodeFactory().textNode(name)).append(':');
                json(value, out);
                out.append(',');
            });
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            for (Iterator<JsonNode> values = node.elements(); values.hasNext(); ) {
                json(values.next(), out);
                out.append(',');
            }
            out.append(']');
        } else if (node.isNumber()) {
            out.append(node.decimalValue().stripTrailingZeros());
        } else {
            out.append(node); // texts in quotes, with escapes
        }
    }
}
