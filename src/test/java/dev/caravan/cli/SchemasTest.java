package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each command that prints for scripts has a schema, and the schemas say all that a script's author wants to know. */
class SchemasTest {
    private static final Path FOLDER = Path.of("src/schemas");

    @Test
    void everyCommandWithJsonOutputHasASchema_andNoOther() throws Exception {
        assertThat(schemas())
                .isEqualTo(Commands.namesWith("--output").stream()
                        .map(Schemas::path)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everySchemaIsOne_andIsStrict_andSaysWhatEveryPropertyIs() throws Exception {
        var metaSchema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of(VersionFlag.V202012.getId()));
        for (Path schema : schemas()) {
            JsonNode json = Schemas.JSON.readTree(Files.readString(schema));
            assertThat(metaSchema.validate(json)).as(schema.toString()).isEmpty();
            assertThat(Schemas.path(json.path("title")
                            .asText()
                            .replaceFirst("^caravan ", "")
                            .replaceFirst(" --output json$", "")))
                    .isEqualTo(schema);
            check(schema, json);
        }
    }

    private static void check(Path schema, JsonNode node) {
        if (node.path("type").asText().equals("object")) {
            assertThat(node.path("additionalProperties"))
                    .as(schema + ": " + node)
                    .hasToString("false");
        }
        if (node.isArray()) {
            node.forEach(child -> check(schema, child));
        }
        node.properties().forEach(child -> {
            if (child.getKey().equals("properties")) {
                child.getValue().forEach(property -> {
                    assertThat(property.path("description").asText())
                            .as(schema + ": " + property)
                            .matches("(?s)[A-Z*a-z].*[.]");
                    check(schema, property);
                });
            } else {
                check(schema, child.getValue());
            }
        });
    }

    private static Set<Path> schemas() throws Exception {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
