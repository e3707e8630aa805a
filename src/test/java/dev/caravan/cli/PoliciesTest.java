package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.sandbox.SharedSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The policies that {@code caravan setup --policies} prints. */
class PoliciesTest {
    private static final Pattern POLICY = Pattern.compile("(?s)\\{\n  \"Version\".*?\n}");
    private final JsonMapper json = new JsonMapper();

    @Test
    void theReadmeShowsWhatItPrintsForTheShippedNames() throws Exception {
        try (OperatorSetting shipped =
                new OperatorSetting(SharedSandbox.get().landing(), "caravan").feed("web", "prefix", "landing/web/")) {
            List<JsonNode> printed = policies(
                    OperatorSetting.text(shipped.run("setup", "--policies").out())
                            .replace("eu-west-1:000000000000", "*:*"));
            assertThat(printed).hasSize(3);
            assertThat(policies(Files.readString(Path.of("README.md")))).containsExactly(printed.get(0));
            assertThat(printed.get(2).path("Statement").get(0).path("Resource"))
                    .extracting(JsonNode::asText)
                    .containsExactly("arn:aws:s3:::caravan-manifests/manifests/*", "arn:aws:s3:::landing/web/*");
        }
    }

    private List<JsonNode> policies(String text) throws Exception {
        List<JsonNode> policies = new ArrayList<>();
        for (MatchResult policy : POLICY.matcher(text).results().toList()) {
            policies.add(json.readTree(policy.group()));
        }
        return policies;
    }
}
