package dev.caravan.cli.shell;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.caravan.base.SentText;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whether a command's results are for a person or for a script: a mixin of the commands that have results. */
public final class Output {
    /** Times as ISO-8601 texts; what there is none of is left out. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            converter = FormatName.class,
            completionCandidates = FormatName.class,
            description = "table, or json for scripts (default: table).")
    private Format format = Format.TABLE;

    enum Format {
        TABLE,
        JSON
    }

    /**
     * Shows a list.
     *
     * @param values a record for each row; its JSON has the record's components, and is described by a schema in {@code src/schemas}
     * @param row the same for a person: a text for each column
     * @param none what a person reads when there are none
     */
    public <T> void list(
            PrintWriter out, List<T> values, List<String> columns, Function<T, List<String>> row, String none) {
        if (format == Format.JSON) {
            json(out, values);
        } else if (values.isEmpty()) {
            out.println(none);
        } else {
            new Table(columns, values.stream().map(row).toList()).print(out);
        }
    }

    /** Shows one thing: as JSON, or as {@code text} writes it. */
    public <T> void one(PrintWriter out, T value, Function<T, String> text) {
        if (format == Format.JSON) {
            json(out, value);
        } else {
            Terminal.print(out, text.apply(value));
        }
    }

    public boolean isJson() {
        return format == Format.JSON;
    }

    private static void json(PrintWriter out, Object value) {
        try {
            Terminal.print(out, SentText.json(JSON.writeValueAsString(value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code table} or {@code json}. */
    static final class FormatName implements ITypeConverter<Format>, Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("table", "json").iterator();
        }

        @Override
        public Format convert(String value) {
            try {
                return Format.valueOf(value.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + value + "' is no output format: write table or json");
            }
        }
    }
}
