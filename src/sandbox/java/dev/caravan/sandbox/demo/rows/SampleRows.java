package dev.caravan.sandbox.demo.rows;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * One of the sets of rows among the resources; their README says where they come from.
 *
 * @param columns their names
 * @param rows a text per column; empty is null
 */
public record SampleRows(List<String> columns, List<List<String>> rows) {
    private static final String FOLDER = "/dev/caravan/sandbox/samples/";

    public static SampleRows read(String name) {
        String resource = FOLDER + name + ".tsv.gz";
        try (InputStream in = SampleRows.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            List<List<String>> lines = new BufferedReader(
                            new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))
                    .lines()
                    .map(line -> Arrays.asList(line.split("\t", -1)))
                    .toList();
            return new SampleRows(lines.get(0), lines.subList(1, lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those whose first column has this text. */
    public SampleRows of(String first) {
        return new SampleRows(
                columns, rows.stream().filter(row -> row.get(0).equals(first)).toList());
    }

    /** In pieces of so many rows; the last may have fewer. */
    public List<List<List<String>>> pieces(int size) {
        List<List<List<String>>> pieces = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += size) {
            pieces.add(rows.subList(from, Math.min(from + size, rows.size())));
        }
        return pieces;
    }
}
