package dev.caravan.pipeline.tabletoredshift.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TogetherPlanTest {
    private static final List<TablePlan> PLANS = List.of(plan("shop.items", 600_000), plan("shop.orders", 400_000));

    @Test
    void tablesThatAreReadForThemselvesNeedNoWords() {
        assertThat(TogetherPlan.of(sync("snapshot", "table"), false, PLANS)).isEmpty();
        assertThat(TogetherPlan.of(sync("snapshot", "sync"), false, PLANS.subList(0, 1)))
                .isEmpty();
    }

    @Test
    void ofTablesOfOneMomentItIsSaid_andTheRateIsForAllOfThem() {
        TableSync fast = sync("snapshot", "sync", "maxRate", "2000", "maxSnapshot", "10m");
        assertThat(TogetherPlan.of(fast, false, PLANS))
                .singleElement()
                .asString()
                .startsWith("These 2 tables are read one after the other, as they were at one moment");
        TableSync slow = sync("snapshot", "sync", "maxRate", "1000", "maxSnapshot", "15m");
        assertThat(TogetherPlan.of(slow, false, PLANS))
                .as("each of them alone would be read in time")
                .hasSize(2)
                .last()
                .asString()
                .contains("the about 1,000,000 rows take 16 min", "it would fail");
    }

    @Test
    void oneThatCantBeSyncedIsNamed() {
        List<TablePlan> plans = List.of(PLANS.get(0), TablePlan.refused("shop.orders", "why"));
        assertThat(TogetherPlan.of(sync("snapshot", "sync"), false, plans))
                .contains("None would be loaded, for shop.orders can't be synced");
    }

    private static TablePlan plan(String table, long rows) {
        return new TablePlan(table, table, "replace", List.of(), Map.of(), "", "", Map.of(), rows, 1, List.of(), "");
    }

    private static TableSync sync(String... properties) {
        TableSync sync = new TableSync();
        for (int i = 0; i < properties.length; i += 2) {
            sync.set(properties[i], properties[i + 1]);
        }
        return sync;
    }
}
