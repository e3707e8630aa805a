package dev.caravan.pipeline.tabletoredshift.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.runs.Unit;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.redshift.target.WriteMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnitResultTest {
    private static final TableId ITEMS = new TableId("shop", "items"), ORDERS = new TableId("shop", "orders");
    private static final UnitPlan BOTH = UnitPlan.together(List.of(ITEMS, ORDERS), false);

    @Test
    void whatAnEarlierVersionHasNotedIsRead() {
        String load = """
                {"table":"shop.orders","columns":["id"],"keys":["id"],"mode":"REPLACE","marker":"m","clusters":["redshift"],
                 "folder":"s3://b/p/","parts":"5:etag","rows":3,"step":1,"value":"v"}""";
        Unit unit = unit(
                "{\"schema\":\"shop\",\"table\":\"orders\",\"full\":true}",
                "{\"error\":\"\",\"warnings\":[\"w\"],\"rows\":3,\"bytes\":5,\"changes\":{\"id zeroDates\":1},\"loads\":["
                        + load + "]}");
        UnitPlan plan = UnitPlan.of(unit.plan());
        assertThat(plan.tables()).containsExactly(ORDERS);
        assertThat(plan.full()).isTrue();
        UnitResult result = UnitResult.of(unit);
        assertThat(result.loads()).singleElement().satisfies(loading -> {
            assertThat(loading.table()).isEqualTo(ORDERS);
            assertThat(loading.load().rows()).isEqualTo(3);
            assertThat(loading.load().deletes()).isEmpty();
        });
        assertThat(result.rows()).isEqualTo(3);
        assertThat(SoFar.of("{\"rows\":2,\"bytes\":1,\"expected\":0,\"millis\":9}")
                        .before())
                .isEmpty();
    }

    @Test
    void anEarlierVersionReadsWhatIsNotedOfOneTable() {
        UnitPlan plan = UnitPlan.of(ORDERS, false);
        String text = new UnitResult("", List.of(new UnitResult.OfTable(ORDERS, result(1)))).text(plan);
        assertThat(TableResult.of(text)).isEqualTo(result(1));
        assertThat(UnitResult.failed(plan, "why").text(plan))
                .isEqualTo(TableResult.failed("why").text());
    }

    @Test
    void eachTableHasItsOwn_howeverMuchThatIs() {
        UnitResult both = new UnitResult(
                "", List.of(new UnitResult.OfTable(ITEMS, result(4_000)), new UnitResult.OfTable(ORDERS, result(1))));
        String text = both.text(BOTH);
        assertThat(text.length()).isLessThan(300_000);
        UnitResult read = UnitResult.of(unit(BOTH.text(), text));
        assertThat(read).isEqualTo(both);
        assertThat(read.loads()).extracting(UnitResult.Loading::table).containsExactly(ITEMS, ORDERS);
    }

    @Test
    void whatTheLedgerCantNoteFailsWithASentence() {
        UnitResult both = new UnitResult(
                "", List.of(new UnitResult.OfTable(ITEMS, result(20_000)), new UnitResult.OfTable(ORDERS, result(1))));
        UnitResult read = UnitResult.of(unit(BOTH.text(), both.text(BOTH)));
        assertThat(read.loads()).isEmpty();
        assertThat(read.error())
                .startsWith("shop.items, shop.orders have more parts")
                .contains("None of 2 tables was loaded");
        assertThat(read.tables())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.result().error()).isEqualTo(read.error()));
    }

    @Test
    void manyTablesAreSaidByTheFirst() {
        List<TableId> many = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            many.add(new TableId("shop", "t" + i));
        }
        assertThat(UnitPlan.together(many, false).inWords()).isEqualTo("shop.t1, shop.t2, shop.t3 and 2 more tables");
    }

    /** Of parts whose versions are as random as S3's. */
    private static TableResult result(int parts) {
        Random random = new Random(7);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            all.add("67108864:" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()));
        }
        return new TableResult(
                "",
                List.of("w"),
                3,
                5,
                Map.of("id zeroDates", 1L),
                List.of(new TableResult.Load(
                        "shop.t",
                        List.of("id"),
                        List.of("id"),
                        WriteMode.REPLACE,
                        "m",
                        List.of("redshift"),
                        "s3://b/p/",
                        String.join(",", all),
                        3,
                        1,
                        "v",
                        List.of())),
                null);
    }

    private static Unit unit(String plan, String result) {
        return new Unit("run", 1, "00001", plan, true, false, 1, "", result, "", Instant.EPOCH);
    }
}
