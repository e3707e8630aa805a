package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a policy's statements allow, as IAM reads them. */
public final class Granted {
    private Granted() {}

    /** Whether some statement allows the action on the resource; conditions count as fulfilled. */
    public static boolean by(JsonNode policy, String action, String resource) {
        return list(policy.path("Statement"))
                .anyMatch(statement ->
                        list(statement.path("Action")).anyMatch(a -> a.asText().equals(action))
                                && list(statement.path("Resource")).anyMatch(r -> matches(r.asText(), resource)));
    }

    private static boolean matches(String pattern, String resource) {
        String regex = Stream.of(pattern.split("\\*", -1))
                .map(Pattern::quote)
                .reduce((some, more) -> some + ".*" + more)
                .orElse("");
        return Pattern.compile(regex, Pattern.DOTALL).matcher(resource).matches();
    }

    private static Stream<JsonNode> list(JsonNode oneOrMany) {
        return oneOrMany.isArray() ? StreamSupport.stream(oneOrMany.spliterator(), false) : Stream.of(oneOrMany);
    }
}
