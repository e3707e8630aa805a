package dev.caravan.pipeline.tabletoredshift.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.MappedTable;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A table in Redshift is laid out by the source's key unless somebody decides otherwise, and promises nothing that a value may break. */
class TargetTableTest {
    private static final TableId ORDERS = new TableId("shop", "Orders");

    @Test
    void aKeyOfOneColumnDistributesAndSorts() {
        TargetTable table = table(List.of("ID"), Layout.BY_KEY, required("ID", "int"), column("Note", "varchar"));
        assertThat(table.faults()).isEmpty();
        assertThat(table.createSchema()).contains("CREATE SCHEMA IF NOT EXISTS \"shop\"");
        assertThat(table.createTable())
                .isEqualTo(
                        "CREATE TABLE IF NOT EXISTS \"shop\".\"orders\" (\"id\" INTEGER NOT NULL, \"note\" VARCHAR(80),"
                                + " PRIMARY KEY (\"id\")) DISTSTYLE KEY DISTKEY (\"id\") SORTKEY (\"id\")");
    }

    @Test
    void aKeyOfSeveralColumnsSorts() {
        assertThat(table(List.of("b", "a"), Layout.BY_KEY, required("a", "int"), required("b", "int"))
                        .createTable())
                .endsWith("PRIMARY KEY (\"b\", \"a\")) DISTSTYLE AUTO SORTKEY (\"b\", \"a\")");
    }

    @Test
    void withoutAKeyNothingIsDecided() {
        assertThat(table(List.of(), Layout.BY_KEY, column("a", "int")).createTable())
                .isEqualTo("CREATE TABLE IF NOT EXISTS \"shop\".\"orders\" (\"a\" INTEGER) DISTSTYLE AUTO");
    }

    @Test
    void aPersonDecides() {
        Layout layout = new Layout(Optional.of("Customer"), List.of("At", "id"), false);
        assertThat(table(
                                List.of("id"),
                                layout,
                                required("id", "int"),
                                column("customer", "int"),
                                column("at", "datetime"))
                        .createTable())
                .endsWith("PRIMARY KEY (\"id\")) DISTSTYLE KEY DISTKEY (\"customer\") SORTKEY (\"at\", \"id\")");
    }

    @Test
    void aDecisionThatCantBeIsAFault() {
        Layout layout = new Layout(Optional.of("nobody"), List.of("raw"), false);
        assertThat(table(List.of("id"), layout, required("id", "int"), column("raw", "blob"))
                        .faults())
                .containsExactly(
                        "shop.Orders: distKey names nobody, and no column that is taken is called so: they are id, raw",
                        "shop.Orders: sortKey names raw, which is VARBYTE(20): by that type rows can't be distributed or"
                                + " sorted. Name another column");
    }

    /** '0000-00-00' in a NOT NULL column becomes NULL by default; a key of which that is true tells nothing apart. */
    @Test
    void whatMayBecomeNullByAPolicyIsNeitherRequiredNorAKey() {
        SourceColumn day = required("day", "date");
        assertThat(table(List.of("day"), Layout.BY_KEY, day).createTable())
                .isEqualTo("CREATE TABLE IF NOT EXISTS \"shop\".\"orders\" (\"day\" DATE)"
                        + " DISTSTYLE KEY DISTKEY (\"day\") SORTKEY (\"day\")");
        assertThat(table(Set.of(), List.of("day"), Layout.BY_KEY, day).createTable())
                .startsWith(
                        "CREATE TABLE IF NOT EXISTS \"shop\".\"orders\" (\"day\" DATE NOT NULL, PRIMARY KEY (\"day\"))");
    }

    /** Redshift's planner takes our word for it, and answers wrongly if it isn't true. */
    @Test
    void rowsThatRepeatHaveNoPrimaryKey() {
        Layout appended = new Layout(Optional.empty(), List.of(), true);
        assertThat(table(List.of("id"), appended, required("id", "int")).createTable())
                .endsWith("(\"id\" INTEGER NOT NULL) DISTSTYLE KEY DISTKEY (\"id\") SORTKEY (\"id\")");
    }

    @Test
    void aKeyThatIsLeftOutInPartIsNone() {
        assertThat(table(List.of("a", "gone"), Layout.BY_KEY, required("a", "int"))
                        .createTable())
                .endsWith("(\"a\" INTEGER NOT NULL) DISTSTYLE AUTO");
    }

    @Test
    void aKeyOfBytesIsNone() {
        assertThat(table(List.of("a"), Layout.BY_KEY, required("a", "binary")).createTable())
                .endsWith("(\"a\" VARBYTE(20)) DISTSTYLE AUTO");
    }

    @Test
    void namesThatFoldToOneAndNamesThatAreTooLongAreFaults() {
        String longest = "ü".repeat(64);
        assertThat(table(List.of(), Layout.BY_KEY, column("Id", "int"), column("ID", "int"), column(longest, "int"))
                        .faults())
                .containsExactly(
                        "shop.Orders: column ID and column Id would both be id in Redshift, which doesn't tell capitals from"
                                + " small letters. Leave one out (columns: !…)",
                        "shop.Orders: column " + longest
                                + " has 128 bytes: a name has 127 at most. Leave it out, or rename"
                                + " it in the source");
        assertThat(TargetNames.faults(List.of(ORDERS, new TableId("shop", "items"), new TableId("shop", "ORDERS"))))
                .containsExactly(
                        "table shop.ORDERS and table shop.Orders would both be orders in Redshift, which doesn't"
                                + " tell capitals from small letters. Leave one out, or give it another schema");
    }

    @Test
    void namesAreQuoted() {
        assertThat(table(List.of(), Layout.BY_KEY, column("a\"; DROP", "int")).createTable())
                .contains("(\"a\"\"; drop\" INTEGER)");
    }

    @Test
    void aTableHasNoMoreColumnsThanRedshiftHas() {
        SourceColumn[] columns =
                IntStream.range(0, 1_601).mapToObj(i -> column("c" + i, "int")).toArray(SourceColumn[]::new);
        assertThat(table(List.of(), Layout.BY_KEY, columns).faults())
                .containsExactly(
                        "shop.Orders has 1,601 columns, and a table in Redshift has 1,600 columns at most. Leave some"
                                + " out (columns: !…)");
    }

    private static SourceColumn column(String name, String type) {
        return new SourceColumn(name, type, type, 20, 0, 0, true, "", false, false);
    }

    private static SourceColumn required(String name, String type) {
        return new SourceColumn(name, type, type, 20, 0, 0, false, "", false, false);
    }

    private static TargetTable table(List<String> key, Layout layout, SourceColumn... columns) {
        return table(TypeMapping.DEFAULT, key, layout, columns);
    }

    private static TargetTable table(Set<Policy> policies, List<String> key, Layout layout, SourceColumn... columns) {
        SourceTable source =
                new SourceTable(SourceKind.MYSQL, ORDERS, "InnoDB", new ArrayList<>(List.of(columns)), key);
        MappedTable mapped = TypeMapping.of(source, policies);
        return TargetTable.of(TargetNames.table("Shop", ORDERS), source, mapped.columns(), layout);
    }
}
