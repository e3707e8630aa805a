package dev.caravan.pipeline.tabletoredshift.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.base.Fault;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.redshift.target.WriteMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncsTest {
    private static final Map<String, String> DEFAULTS = Map.of(
            "caravan.clusters", "redshift",
            "caravan.iam-role", "default",
            "caravan.manifest-prefix", "bucket/manifests");

    @Test
    void aSmallSyncIsGood() {
        assertThat(faults("source", "shopDb", "tables", "shop.*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "keys", "soft:deleted_at"})
    void deletedRowsMayBeToldInEachWay(String deletes) {
        assertThat(faults(
                        "source",
                        "shopDb",
                        "tables",
                        "shop.*",
                        "mode",
                        "incremental",
                        "watermark",
                        "t",
                        "deletes",
                        deletes))
                .isEmpty();
    }

    @Test
    void aSelectStandsInATablesPlace() {
        assertThat(faults("source", "shopDb", "tables", "shop.big", "select", "SELECT 1 AS id", "where", "id > 0"))
                .isEmpty();
        assertThat(faults(
                        "source",
                        "shopDb",
                        "tables",
                        "shop.big",
                        "select",
                        "SELECT id, t FROM a",
                        "mode",
                        "incremental",
                        "watermark",
                        "t",
                        "keys",
                        "id",
                        "deletes",
                        "keys"))
                .isEmpty();
    }

    @Test
    void whatIsMissingIsSaidAtOnce() {
        assertThat(new Syncs(() -> Map.of("shop", new TableSync()), Map.of()).faults())
                .extracting(Fault::key)
                .containsExactlyInAnyOrder(
                        "shop.source", "shop.tables", "shop.clusters", "shop.manifestPrefix", "shop.iamRole");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode=incremental                                     | watermark    | needs the column",
                "writeMode=append                                     | writeMode    | would add all rows again",
                "mode=incremental;watermark=t;writeMode=replace       | writeMode    | changed rows alone",
                "fullEvery=0 0 3 * * ?                                | fullEvery    | takes all rows",
                "table=shop.x                                         | table        | several tables would go into one",
                "table=shop.${table};targetSchema=shop                | targetSchema | take one of them out",
                "copyCredentials=keys                                 | accessKeyId  | as a placeholder",
                "tables=shop                                          | tables       | schema.table",
                "schedule=every day                                   | schedule     | a cron",
                "columns=email                                        | columns      | column=expression",
                "maxDeletes=120                                       | maxDeletes   | percentage",
                "deletes=keys                                         | deletes      | removes deleted rows anyway",
                "deletes=soft                                         | deletes      | soft: and a column",
                "deletes=soft:                                        | deletes      | soft: and a column",
                "mode=incremental;watermark=t;writeMode=append;deletes=keys         | deletes | stay with this writeMode",
                "mode=incremental;watermark=t;writeMode=keepExisting;deletes=soft:d | deletes | stay with this writeMode",
                "snapshot=sync;parallel=4                             | parallel     | by one connection",
                "snapshot=sync;mode=incremental;watermark=t;writeMode=append         | snapshot | cuts transactions in two",
                "snapshot=run                                         | snapshot     | table",
                "tabels=shop.*                                        | tabels       | did you mean",
                "select=SELECT 1                                      | tables       | the one name that its rows have",
                "tables=shop.a, shop.b;select=SELECT 1                | tables       | the one name that its rows have",
                "tables=shop.a;select=DROP TABLE a                    | select       | one SELECT in the source's SQL",
                "tables=shop.a;select=SELECT 1;mode=incremental;watermark=t | keys   | a select has no primary key",
                "tables=shop.a;select=SELECT 1;writeMode=keepExisting | keys         | a select has no primary key",
                "tables=shop.a;select=SELECT 1;parallel=2             | parallel     | no index",
                "tables=shop.a;select=SELECT 1;snapshot=sync          | snapshot     | at one moment anyway",
                "tables=shop.a;select=SELECT 1;mode=incremental;watermark=t;keys=a;deletes=soft:d | deletes | write deletes: keys",
            })
    void whatDoesntGoTogetherIsSaid(String properties, String property, String words) {
        List<String> all = new ArrayList<>(List.of("source", "shopDb", "tables", "shop.*"));
        for (String one : properties.split(";", -1)) {
            all.addAll(List.of(one.split("=", 2)));
        }
        assertThat(faults(all.toArray(String[]::new))).anySatisfy(fault -> {
            assertThat(fault.key()).isEqualTo("shop." + property);
            assertThat(fault.advice()).contains(words);
        });
    }

    @Test
    void theMostExactPatternTakesATable() {
        TableSync all = sync("source", "shopDb", "tables", "shop.*, !shop.tmp_*");
        TableSync some = sync("source", "shopDb", "tables", "shop.order*");
        TableSync one = sync("source", "shopDb", "tables", "shop.orders");
        TableSync other = sync("source", "elsewhere", "tables", "shop.orders");
        Syncs syncs = new Syncs(() -> Map.of("all", all, "some", some, "one", one, "other", other), DEFAULTS);
        List<TableId> tables = List.of(
                new TableId("shop", "orders"),
                new TableId("shop", "order_items"),
                new TableId("shop", "tmp_x"),
                new TableId("shop", "users"),
                new TableId("crm", "users"));
        syncs.all();
        assertThat(syncs.taken(all, tables)).containsExactly(new TableId("shop", "users"));
        assertThat(syncs.taken(some, tables)).containsExactly(new TableId("shop", "order_items"));
        assertThat(syncs.taken(one, tables)).containsExactly(new TableId("shop", "orders"));
        assertThat(syncs.taken(other, tables)).containsExactly(new TableId("shop", "orders"));
    }

    @Test
    void twoSyncsThatNameTheSameTableAreAFault() {
        TableSync one = sync("source", "shopDb", "tables", "shop.orders");
        TableSync two = sync("source", "shopDb", "tables", "shop.users, shop.orders");
        assertThat(new Syncs(() -> new TreeMap<>(Map.of("one", one, "two", two)), DEFAULTS).faults())
                .extracting(Fault::toString)
                .containsExactly("two.tables: sync 'one' takes shop.orders as well; one of them can");
    }

    @Test
    void namesBecomeThoseOfRedshift() {
        TableSync plain = sync("tables", "shop.*");
        assertThat(plain.target(new TableId("Shop", "Orders"))).isEqualTo("shop.orders");
        assertThat(plain.target(new TableId("shop", "odd name\""))).isEqualTo("shop.\"odd name\"\"\"");
        assertThat(sync("targetSchema", "raw").target(new TableId("shop", "orders")))
                .isEqualTo("raw.orders");
        assertThat(sync("table", "raw.shop_${table}").target(new TableId("shop", "orders")))
                .isEqualTo("raw.shop_orders");
    }

    @Test
    void rowsAreWrittenAsTheModeWantsIt() {
        assertThat(sync().writeMode(false)).isEqualTo(WriteMode.REPLACE);
        TableSync incremental = sync("mode", "incremental", "watermark", "t", "writeMode", "keepExisting");
        assertThat(incremental.writeMode(false)).isEqualTo(WriteMode.KEEP_EXISTING);
        assertThat(incremental.writeMode(true)).isEqualTo(WriteMode.REPLACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!a", "a=b", "!a, b=concat(x, ',', y)", "a=if(b = ')', 1, 2)"})
    void columnsMayBeChosen(String text) {
        assertThat(ColumnChoice.of(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "!a, !a", "a=", "a=b)", "a=(b", "a=b; DROP TABLE x", "a=b -- c", "=b", "!", "a='b"})
    void whatIsNoChoiceOfColumnsIsRefused(String text) {
        assertThat(ColumnChoice.of(text)).isEmpty();
    }

    private static List<Fault> faults(String... properties) {
        TableSync sync = sync(properties);
        return new Syncs(() -> Map.of("shop", sync), DEFAULTS).faults();
    }

    private static TableSync sync(String... properties) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            all.put(properties[i], properties[i + 1]);
        }
        return TableSyncConfigurer.sync(all);
    }
}
