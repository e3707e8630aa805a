package dev.caravan.cli.shell;

import dev.caravan.base.Shown;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows under a line of column names, each column as wide as its widest text; columns of numbers stand to the right.
 *
 * @param rows texts as they are shown: none has a second line
 */
public record Table(List<String> columns, List<List<String>> rows) {
    private static final String GAP = "  ";

    public Table {
        rows = rows.stream().map(row -> row.stream().map(Shown::line).toList()).toList();
    }

    public void print(PrintWriter out) {
        lines().forEach(out::println);
    }

    public List<String> lines() {
        return Stream.concat(Stream.of(columns), rows.stream()).map(this::line).toList();
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            String cell = cells.get(i);
            String padding = " ".repeat(width(i) - cell.codePointCount(0, cell.length()));
            line.append(i == 0 ? "" : GAP).append(isNumbers(i) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return IntStream.concat(
                        IntStream.of(columns.get(column).length()),
                        rows.stream()
                                .mapToInt(row -> row.get(column)
                                        .codePointCount(0, row.get(column).length())))
                .max()
                .orElse(0);
    }

    private boolean isNumbers(int column) {
        return !rows.isEmpty()
                && rows.stream().map(row -> row.get(column)).allMatch(cell -> cell.matches("[\\d,.]+( [KMGT]?B)?|-?"));
    }
}
