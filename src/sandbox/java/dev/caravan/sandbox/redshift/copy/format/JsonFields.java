package dev.caravan.sandbox.redshift.copy.format;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.sandbox.redshift.copy.s3.BoxedError;
import dev.caravan.sandbox.redshift.copy.s3.S3Objects;
import dev.caravan.sandbox.redshift.copy.s3.S3Url;
import dev.caravan.sandbox.redshift.copy.value.Column;
import dev.caravan.sandbox.redshift.copy.value.ColumnKind;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which part of a JSON object goes into which column. */
final class JsonFields {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[['\"]([^'\"]*)['\"]\\]|\\[(\\d+)\\]");
    private static final String IGNORE_CASE = "auto ignorecase";
    private static final String NO_SHRED = "noshred";

    private final String mode;
    private final List<Column> columns;
    private final List<JsonPointer> paths;

    private JsonFields(String mode, List<Column> columns, List<JsonPointer> paths) {
        this.mode = mode;
        this.columns = columns;
        this.paths = paths;
    }

    static JsonFields of(String option, List<Column> columns, S3Objects s3) throws ServerError, IOException {
        if (S3Url.is(option)) {
            return jsonPaths(S3Url.of(option), columns, s3)
                    .map(paths -> new JsonFields("jsonpaths", columns, paths))
                    .orElseGet(() -> new JsonFields("auto", columns, List.of()));
        }
        String mode = option.toLowerCase(Locale.ROOT).strip();
        if (!List.of("auto", IGNORE_CASE, NO_SHRED).contains(mode)) {
            throw ServerError.of("XX000", "JSONPath file location is not valid: '" + option + "'");
        }
        if (mode.equals(NO_SHRED) && columns.size() != 1) {
            throw ServerError.of("0A000", "JSON 'noshred' loads into a single SUPER column");
        }
        return new JsonFields(mode, columns, List.of());
    }

    private JsonNode value(JsonNode object, int column) {
        return switch (mode) {
            case "jsonpaths" -> object.at(paths.get(column));
            case NO_SHRED -> object;
            case IGNORE_CASE -> ignoringCase(object, columns.get(column).name());
            default -> object.path(columns.get(column).name());
        };
    }

    /** Arrays have no names: only paths find their parts. */
    boolean takes(JsonNode row) {
        return row.isObject() || (row.isArray() && !paths.isEmpty());
    }

    /** The row's values as the record's fields; an array or object as its JSON. */
    void fill(RawRecord record, JsonNode row) {
        for (int i = 0; i < columns.size(); i++) {
            JsonNode value = value(row, i);
            if (value.isMissingNode() || value.isNull()) {
                record.nullField();
            } else {
                boolean json = value.isContainerNode() || columns.get(i).kind() == ColumnKind.SUPER;
                record.field((json ? value.toString() : value.asText()).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static JsonNode ignoringCase(JsonNode object, String name) {
        for (var property : object.properties()) {
            if (property.getKey().equalsIgnoreCase(name)) {
                return property.getValue();
            }
        }
        return object.path(name);
    }

    /** "If the name is any string other than "jsonpaths", COPY uses the 'auto' argument instead" ("COPY from JSON format"): then it is empty. */
    private static Optional<List<JsonPointer>> jsonPaths(S3Url url, List<Column> columns, S3Objects s3)
            throws ServerError, IOException {
        List<JsonPointer> pointers = new ArrayList<>();
        try (InputStream in = s3.open(url)) {
            JsonNode paths = JSON.readTree(in).path("jsonpaths");
            if (paths.isMissingNode()) {
                return Optional.empty();
            }
            for (JsonNode path : paths) {
                pointers.add(pointer(path.asText(), url));
            }
            checkNotation(paths, url);
        } catch (JsonProcessingException e) {
            throw BoxedError.of("Invalid JSONPath format: file is not JSON", 8001, url.toString());
        }
        if (pointers.size() != columns.size()) {
            throw BoxedError.of(
                    "Number of jsonpaths and the number of columns should match. JSONPath size: " + pointers.size()
                            + ", Number of columns in table or column list: " + columns.size(),
                    8001,
                    url.toString());
        }
        return Optional.of(pointers);
    }

    /** "You can't mix bracket notation and dot notation in the jsonpaths array"; an array's element is in brackets in both. The words are no quote. */
    private static void checkNotation(JsonNode paths, S3Url url) throws ServerError {
        boolean brackets = false;
        boolean dots = false;
        for (JsonNode path : paths) {
            Matcher step = STEP.matcher(path.asText());
            while (step.find()) {
                dots |= step.group(1) != null;
                brackets |= step.group(2) != null;
            }
        }
        if (brackets && dots) {
            throw BoxedError.of("Invalid JSONPath format: bracket and dot notation are mixed", 8001, url.toString());
        }
    }

    private static JsonPointer pointer(String path, S3Url url) throws ServerError {
        StringBuilder pointer = new StringBuilder();
        Matcher step = STEP.matcher(path);
        int end = path.startsWith("$") ? 1 : -1;
        while (end >= 0 && end < path.length()) {
            end = step.find(end) && step.start() == end ? step.end() : -1;
            if (end > 0) {
                String name =
                        step.group(1) != null ? step.group(1) : step.group(2) != null ? step.group(2) : step.group(3);
                pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
            }
        }
        if (end < 0) {
            throw BoxedError.of("Invalid JSONPath format: " + path, 8001, url.toString());
        }
        return JsonPointer.compile(pointer.toString());
    }
}
