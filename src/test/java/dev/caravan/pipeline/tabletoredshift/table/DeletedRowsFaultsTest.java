package dev.caravan.pipeline.tabletoredshift.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.pipeline.tabletoredshift.extract.Extracted;
import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import dev.caravan.redshift.target.WriteMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables whose deleted rows can't be told are refused, with table and column. */
class DeletedRowsFaultsTest {
    private static final SourceTable ORDERS = new SourceTable(
            SourceKind.MYSQL,
            new TableId("shop", "orders"),
            "InnoDB",
            List.of(column("id", false), column("name", true), column("updated_at", false), column("deleted_at", true)),
            List.of("id"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keys            | keys    | name          | key name may be NULL, and deletes can't tell such rows apart",
                "keys            | columns | id=concat(id) | columns makes something else of key id, by which deletes",
                "soft:deleted_at | columns | id=concat(id) | columns makes something else of key id, by which deletes",
                "soft:gone       | keys    | id            | has no column gone, which deletes names",
                "soft:updated_at | keys    | id            | column updated_at is never NULL",
            })
    void whatCantTellDeletedRowsIsRefused(String deletes, String property, String value, String words) {
        assertThat(DeletedRows.faults(sync(deletes, property, value), ORDERS, WriteMode.OVERWRITE_EXISTING))
                .singleElement()
                .asString()
                .startsWith("shop.orders")
                .contains(words);
    }

    @Test
    void whatTellsThemIsTaken_andAFullRunNeedsNoKeys() {
        assertThat(DeletedRows.faults(sync("keys", "keys", "id"), ORDERS, WriteMode.OVERWRITE_EXISTING))
                .isEmpty();
        assertThat(DeletedRows.faults(
                        sync("soft:deleted_at", "columns", "!deleted_at"), ORDERS, WriteMode.OVERWRITE_EXISTING))
                .isEmpty();
        assertThat(DeletedRows.faults(sync("keys", "keys", "name"), ORDERS, WriteMode.REPLACE))
                .isEmpty();
    }

    @Test
    void aKeyThatAPolicyChangesIsRefused() {
        Extracted keys =
                new Extracted(3, List.of(), List.of(new Extracted.Changed("born", Policy.ZERO_DATES_TO_NULL, 2)));
        assertThatThrownBy(() -> DeletedRows.check(ORDERS, keys))
                .hasMessageStartingWith("shop.orders: 2 values of key born would be changed (zeroDates: null)");
    }

    private static TableSync sync(String deletes, String property, String value) {
        TableSync sync = new TableSync();
        sync.set("mode", "incremental");
        sync.set("watermark", "updated_at");
        sync.set("deletes", deletes);
        sync.set(property, value);
        return sync;
    }

    private static SourceColumn column(String name, boolean nullable) {
        return new SourceColumn(name, "int", "int(11)", 0, 10, 0, nullable, "", false, false);
    }
}
