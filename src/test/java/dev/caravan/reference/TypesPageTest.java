package dev.caravan.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.source.SourceCatalog;
import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.MappedTable;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of types says what becomes of a table that has them all, and leaves out none that the code knows. */
class TypesPageTest {
    private static final String CODE = "src/main/java/dev/caravan/pipeline/tabletoredshift/type/";
    private static final Pattern LABELS = Pattern.compile("(?s)case (\"[^>]*?) ->");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.*?) \\| `([^`|]+)` \\|");
    private static final Pattern TYPE = Pattern.compile("`([^`]+)`|an? (enum|composite type)");

    /** A type, as the page writes it, and what it says of it. */
    private record Said(String type, String inRedshift) {}

    @Test
    void thoseOfMariaDbAreWhatThePageSays() throws Exception {
        SourceTable table = check(
                SharedSources.mariaDb(),
                "## MySQL and MariaDB",
                new TableId("page_types", "t"),
                Map.of(),
                "CREATE DATABASE page_types");
        assertThat(labels("MySqlTypes"))
                .as("MySQL's other name of GEOMETRYCOLLECTION")
                .contains("geomcollection")
                .isSubsetOf(with(types(table), "geomcollection"));
    }

    @Test
    void thoseOfPostgresAreWhatThePageSays() throws Exception {
        SourceTable table = check(
                SharedSources.postgres(),
                "## PostgreSQL",
                new TableId("page_types", "t"),
                Map.of("enum", "page_types.mood", "composite type", "page_types.pair", "citext", "text"),
                "CREATE SCHEMA page_types",
                "CREATE TYPE page_types.mood AS ENUM ('good')",
                "CREATE TYPE page_types.pair AS (a int, b text)");
        assertThat(labels("PostgresTypes"))
                .as("an extension's that isn't there")
                .contains("citext")
                .isSubsetOf(with(types(table), "citext"));
    }

    /** Makes a table of all types of a chapter, and looks what they become. */
    private static SourceTable check(
            SourceDatabase database, String chapter, TableId id, Map<String, String> ddl, String... before)
            throws Exception {
        List<Said> page = said(chapter);
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            String type = page.get(i).type();
            columns.add("c" + i + " " + ddl.getOrDefault(type, type));
        }
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : before) {
                statement.execute(sql);
            }
            statement.execute("CREATE TABLE " + id + " (" + String.join(", ", columns) + ")");
            SourceTable table = SourceCatalog.of(connection).table(id).orElseThrow();
            MappedTable mapped = TypeMapping.of(table, TypeMapping.DEFAULT);
            assertThat(mapped.refusals()).isEmpty();
            for (int i = 0; i < page.size(); i++) {
                assertThat(mapped.columns().get(i).redshiftType())
                        .as(page.get(i).type())
                        .isEqualTo(page.get(i).inRedshift());
            }
            return table;
        }
    }

    private static List<Said> said(String chapter) throws Exception {
        String page = Files.readString(Path.of("docs/reference/types.md"));
        int start = page.indexOf(chapter);
        String text = page.substring(start, page.indexOf("\n## ", start + 1));
        List<Said> said = ROW.matcher(text)
                .results()
                .flatMap(row -> TYPE.matcher(row.group(1))
                        .results()
                        .map(type -> new Said(type.group(1) == null ? type.group(2) : type.group(1), row.group(2))))
                .toList();
        assertThat(said).hasSizeGreaterThan(30);
        return said;
    }

    /** The names of types that the code has cases for. */
    private static Set<String> labels(String file) throws Exception {
        String code = Files.readString(Path.of(CODE + file + ".java"));
        String map = code.substring(code.indexOf("return switch"), code.indexOf("default ->"));
        return LABELS.matcher(map)
                .results()
                .flatMap(label ->
                        Pattern.compile("\"(\\w+)\"").matcher(label.group(1)).results())
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> types(SourceTable table) {
        return table.columns().stream().map(SourceColumn::type).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> with(Set<String> types, String another) {
        types.add(another);
        return types;
    }
}
