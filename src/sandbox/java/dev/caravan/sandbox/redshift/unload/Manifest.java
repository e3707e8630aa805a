package dev.caravan.sandbox.redshift.unload;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.redshift.unload.UnloadReport.UnloadedFile;
import dev.caravan.sandbox.redshift.unload.command.UnloadFlag;
import dev.caravan.sandbox.redshift.unload.command.UnloadFormat;
import dev.caravan.sandbox.redshift.unload.file.ResultColumn;
import dev.caravan.sandbox.redshift.unload.file.ResultType;
import java.util.Comparator;
import java.util.List;

/**
 * The manifest ("UNLOAD examples", with MANIFEST and with MANIFEST VERBOSE). AWS's verbose example is no JSON where it gives a type's length
 * ({@code "character varying", 25}): the keys {@code max_length}, {@code precision} and {@code scale} are a guess, on which nobody should rely. A Parquet
 * file's length is there always: COPY asks for it.
 */
final class Manifest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Manifest() {}

    static String of(UnloadReport report, List<ResultColumn> columns) {
        ObjectNode manifest = JSON.createObjectNode();
        boolean verbose = report.command().options().has(UnloadFlag.VERBOSE);
        boolean parquet = report.command().options().format() == UnloadFormat.PARQUET;
        ArrayNode entries = manifest.putArray("entries");
        List<UnloadedFile> files = report.files().stream()
                .sorted(Comparator.comparing(file -> file.url().toString()))
                .toList();
        for (UnloadedFile file : files) {
            ObjectNode entry = entries.addObject().put("url", file.url().toString());
            if (verbose || parquet) {
                entry.putObject("meta").put("content_length", file.bytes());
            }
            if (verbose) {
                entry.withObject("/meta").put("record_count", file.lines());
            }
        }
        if (verbose) {
            ArrayNode elements = manifest.putObject("schema").putArray("elements");
            columns.forEach(column -> describe(column, elements.addObject()));
            manifest.putObject("meta").put("content_length", report.bytes()).put("record_count", report.lines());
            manifest.putObject("author").put("name", "Amazon Redshift").put("version", "1.0.0");
        }
        return manifest.toPrettyString();
    }

    private static void describe(ResultColumn column, ObjectNode element) {
        ObjectNode type = element.put("name", column.name())
                .putObject("type")
                .put("base", column.type().inManifest());
        if (column.type() == ResultType.CHAR || column.type() == ResultType.VARCHAR) {
            type.put("max_length", column.length());
        } else if (column.hasPrecision()) {
            type.put("precision", column.precision()).put("scale", column.scale());
        }
    }
}
