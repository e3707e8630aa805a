package dev.caravan.sandbox.redshift.fault;

import dev.caravan.sandbox.redshift.copy.s3.BoxedError;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that is no number, as Redshift says it. Where a table's column is cast, compute nodes do it, and the value stands in the detail's context alone
 * (OHDSI/SqlRender 276 and 315, fivetran/dbt_quickbooks_source 23); without a table the leader node does, with PostgreSQL 8's words.
 */
final class CastError {
    static final String STATE = "22P02";

    private static final Pattern POSTGRES =
            Pattern.compile("invalid input syntax for (?:type )?([a-z ]+): \"(.*)\"", Pattern.DOTALL);
    private static final Map<String, String> TYPES = Map.of(
            "integer", "Integer",
            "bigint", "Long",
            "smallint", "Short",
            "numeric", "Decimal",
            "double precision", "Double",
            "real", "Double");
    private static final int INVALID_DIGIT = 1207;

    private CastError() {}

    /** Empty for other types: their words are PostgreSQL's here. */
    static Optional<ServerError> of(String postgres, boolean onComputeNodes, int query, int pid) {
        Matcher matcher = POSTGRES.matcher(postgres);
        if (!matcher.matches() || !TYPES.containsKey(matcher.group(1))) {
            return Optional.empty();
        }
        String value = matcher.group(2);
        if (!onComputeNodes) {
            return Optional.of(
                    ServerError.of(STATE, "invalid input syntax for " + matcher.group(1) + ": \"" + value + "\""));
        }
        int position = firstStrange(value);
        int end = Math.min(value.length(), position + 1);
        String text = "Invalid digit, Value '" + value.substring(Math.min(position, end), end) + "', Pos " + position
                + ", Type: " + TYPES.get(matcher.group(1)) + " ";
        return Optional.of(BoxedError.running(text, INVALID_DIGIT, value, query, pid));
    }

    private static int firstStrange(String value) {
        int at = 0;
        while (at < value.length()
                && (Character.isDigit(value.charAt(at)) || (at == 0 && "+-".indexOf(value.charAt(0)) >= 0))) {
            at++;
        }
        return at;
    }
}
