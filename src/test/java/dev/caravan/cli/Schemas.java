package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The schemas of what commands print for scripts. */
public final class Schemas {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final SchemaValidatorsConfig FORMATS =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private Schemas() {}

    /** @param command as it is typed, options and arguments behind it */
    public static JsonNode check(String output, String... command) {
        try {
            Path schema = path(Arrays.stream(command)
                    .takeWhile(word -> !word.startsWith("-"))
                    .limit(command[0].matches("list|describe|audit") ? 2 : 1)
                    .collect(Collectors.joining(" ")));
            JsonNode json = JSON.readTree(output);
            var faults = FACTORY.getSchema(Files.readString(schema), FORMATS).validate(json);
            assertThat(faults).as(schema + " of " + output).isEmpty();
            return json;
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + output, e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path path(String command) {
        return Path.of("src/schemas", command.replace(' ', '-') + ".json");
    }
}
