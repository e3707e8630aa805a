package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailures;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where COPY stopped. PostgreSQL says it as {@code COPY caravan_difference, line 3, column c2: "…"}, in the words of whatever language it speaks; the row is
 * looked for in the file once more, for a person knows keys, and no lines.
 *
 * @param number which line of the file, 1 for the first: the last one of the row, if a value has line ends
 * @param column for people, with a dot before it; empty if PostgreSQL names none
 */
public record RefusedLine(long number, String column, MirroredTable table) {
    private static final Pattern STAGED = Pattern.compile("COPY caravan_difference\\D+(\\d+)(?:[^\\d\":]+c(\\d+)\\b)?");

    private static final int MOST_SHOWN = 100;

    /** Where COPY into the temporary table stopped. */
    static Optional<RefusedLine> of(SQLException e, MirroredTable table) {
        Matcher found = STAGED.matcher(where(e));
        if (!found.find()) {
            return Optional.empty();
        }
        int position = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
        String column = position >= 1 && position <= table.columns().size()
                ? "." + table.columns().get(position - 1)
                : "";
        return Optional.of(new RefusedLine(Long.parseLong(found.group(1)), column, table));
    }

    /** Where COPY into the target itself stopped. */
    public static Optional<RefusedLine> ofTarget(SQLException e, MirroredTable table) {
        Matcher found = Pattern.compile("COPY " + Pattern.quote(table.table()) + "\\D+(\\d+)(?:, \\w+ (.+?):)?")
                .matcher(where(e));
        if (!found.find()) {
            return Optional.empty();
        }
        String column = table.columns().contains(String.valueOf(found.group(2))) ? "." + found.group(2) : "";
        return Optional.of(new RefusedLine(Long.parseLong(found.group(1)), column, table));
    }

    private static String where(SQLException e) {
        return PostgresFailures.server(e)
                .map(server -> String.valueOf(server.getWhere()))
                .orElse("");
    }

    /** {@code id = 17, }; the line's number if the row isn't found. */
    public String keys(DifferenceFile file) {
        try (InputStream rows = file.open()) {
            List<String> row = new CsvRows(rows).rowOfLine(number);
            StringBuilder words = new StringBuilder();
            for (String key : table.keys()) {
                int at = table.columns().indexOf(key) + 1; // the op comes first
                if (at >= row.size()) {
                    return "line " + number + ", ";
                }
                words.append(key).append(" = ").append(cut(row.get(at))).append(", ");
            }
            return words.toString();
        } catch (IOException e) {
            return "line " + number + ", ";
        }
    }

    private static String cut(String value) {
        return value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN) + "…";
    }
}
