package dev.caravan.pipeline.tabletoredshift.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.source.SourceStatement;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.MappedTable;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table with a column for each type, and the values of each that are hard to bring over. */
final class TypeBed {
    /** Stands where a value becomes NULL. */
    static final String BECOMES_NULL = "(becomes NULL)";

    private final List<Type> types = new ArrayList<>();

    private record Type(String ddl, String redshift, List<String> literals, List<@Nullable String> values) {}

    /**
     * A type.
     *
     * @param ddl in the source
     * @param literalsAndValues in turn: a value in the source's SQL, and the text that is to stand in the CSV
     */
    TypeBed type(String ddl, String redshift, String... literalsAndValues) {
        List<String> literals = new ArrayList<>();
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < literalsAndValues.length; i += 2) {
            literals.add(literalsAndValues[i]);
            String value = literalsAndValues[i + 1];
            values.add(value.equals(BECOMES_NULL) ? null : value);
        }
        types.add(new Type(ddl, redshift, literals, values));
        return this;
    }

    /** Makes and fills the table: a row of NULLs, and as many as the type with the most values has. */
    void create(SourceDatabase database, String table, String... before) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : before) {
                statement.execute(sql);
            }
            StringBuilder columns = new StringBuilder("id INT PRIMARY KEY");
            for (int i = 0; i < types.size(); i++) {
                columns.append(", c")
                        .append(i)
                        .append(' ')
                        .append(types.get(i).ddl)
                        .append(" NULL");
            }
            statement.execute("CREATE TABLE " + table + " (" + columns + ")");
            for (int row = 0; row <= longest(); row++) {
                int at = row - 1;
                statement.execute("INSERT INTO " + table + " VALUES (" + row + ", "
                        + types.stream()
                                .map(type -> at >= 0 && at < type.literals.size() ? type.literals.get(at) : "NULL")
                                .collect(Collectors.joining(", "))
                        + ")");
            }
        }
    }

    /** Extracts it: each value is as it should be. */
    Result extract(SourceDatabase database, TableId id, Set<Policy> policies) throws Exception {
        return extract(database, id, policies, Optional.empty());
    }

    /** The same, of what is taken in the table's place. */
    Result extract(SourceDatabase database, TableId id, Set<Policy> policies, Optional<SourceStatement> statement)
            throws Exception {
        ExtractSettings settings = new ExtractSettings("~null", Codec.ZSTD, 1 << 20, policies);
        MemoryParts parts = new MemoryParts();
        try (Snapshot snapshot = Snapshot.begin(database.connect())) {
            SourceTable table = snapshot.catalog(statement).table(id).orElseThrow();
            MappedTable mapped = TypeMapping.of(table, policies);
            assertThat(mapped.refusals()).isEmpty();
            Extracted extracted = snapshot.extract(Selection.all(mapped), settings, parts);
            assertThat(extracted.rows()).isEqualTo(longest() + 1);
            return new Result(mapped, extracted, parts, settings);
        }
    }

    record Result(MappedTable mapped, Extracted extracted, MemoryParts parts, ExtractSettings settings) {}

    /** The names that columns have in Redshift, and the values by type, as they should be. */
    void check(Result result) {
        List<List<@Nullable String>> rows = result.parts.rows(result.settings);
        rows.sort((a, b) -> Integer.compare(number(a), number(b)));
        for (int i = 0; i < types.size(); i++) {
            Type type = types.get(i);
            assertThat(result.mapped.columns().get(i + 1).redshiftType())
                    .as(type.ddl)
                    .isEqualTo(type.redshift);
            List<@Nullable String> expected = new ArrayList<>(type.values);
            expected.add(0, null);
            while (expected.size() < rows.size()) {
                expected.add(null);
            }
            int column = i + 1;
            List<@Nullable String> found = new ArrayList<>();
            rows.forEach(row -> found.add(row.get(column)));
            assertThat(found).as(type.ddl).isEqualTo(expected);
        }
    }

    /** The values of a column, as they should be; the row of NULLs is the first. */
    List<@Nullable String> expected(int column) {
        List<@Nullable String> expected = new ArrayList<>(types.get(column).values);
        expected.add(0, null);
        while (expected.size() <= longest()) {
            expected.add(null);
        }
        return expected;
    }

    int columns() {
        return types.size();
    }

    private int longest() {
        return types.stream().mapToInt(type -> type.literals.size()).max().orElse(0);
    }

    private static int number(List<@Nullable String> row) {
        return Integer.parseInt(String.valueOf(row.get(0)));
    }
}
