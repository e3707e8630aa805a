package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.run.TableState;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two tables between which amounts are moved while they are read: their sum stays the same. */
abstract class OneMomentTest extends SyncingTest {
    private static final int ROWS = 300;
    private static final int SUM = 2 * ROWS * 1_000;

    private final SourceDatabase database;
    private final String time;
    private final String end;
    private final String impatience;

    /**
     * @param time a type that knows its zone
     * @param end a statement that ends the sessions that read
     * @param impatience settings of a session that waits for a lock for no longer than a second
     */
    OneMomentTest(SourceDatabase database, String time, String end, String impatience) {
        super(database);
        this.database = database;
        this.time = time;
        this.end = end;
        this.impatience = impatience;
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "incremental"})
    void theSumOfBothTablesIsThatOfOneMoment(String mode) throws Exception {
        tables();
        List<String> properties = new ArrayList<>(List.of("snapshot", "sync", "maxRate", "1500", "mode", mode));
        if (mode.equals("incremental")) {
            properties.addAll(List.of("watermark", "updated_at", "deletes", "keys"));
        }
        start(properties.toArray(String[]::new));
        try (Moving moving = new Moving(database, schema + ".debits", schema + ".credits", ROWS)) {
            String before = "";
            for (int i = 0; i < 4; i++) {
                moving.awaitMore();
                Run run = run(false);
                assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.COMPLETE);
                assertThat(run.counts()).containsEntry("tables", 2L).containsEntry("failedTables", 0L);
                assertThat(sum()).isEqualTo(SUM);
                String credits = rows("credits", "sum(amount)", "1").get(0);
                assertThat(credits).as("something was moved").isNotEqualTo(before);
                before = credits;
            }
            moving.end();
        }
        Run last = run(true);
        assertThat(last.counts()).containsEntry("rows", 2L * ROWS);
    }

    @Test
    void aReadingThatBreaksOffAfterTheFirstTable_isDoneAnewFromAnotherMoment() throws Exception {
        tables();
        launch(pipeline("snapshot", "sync", "maxRate", "75").with("caravan.ledger.lease", "1s"));
        try (Moving moving = new Moving(database, schema + ".debits", schema + ".credits", ROWS)) {
            Run asked = ask(false);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> states(asked, TableState::rows).stream().anyMatch(rows -> rows > 0));
            assertThat(states(asked)).containsExactly("reading", "waiting");
            source(end);
            Run run = ended(asked);
            assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.COMPLETE);
            assertThat(states(run, TableState::attempt)).containsExactly(2, 2);
            assertThat(run.counts()).containsEntry("rows", 2L * ROWS);
            assertThat(sum()).isEqualTo(SUM);
            moving.end();
        }
    }

    @Test
    void noTableCanBeEmptiedBehindTheSnapshot_andAllOfThemAreSeen() throws Exception {
        tables();
        launch(pipeline("snapshot", "sync", "maxRate", "75").with("caravan.ledger.lease", "1s"));
        Run asked = ask(false);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> states(asked).equals(List.of("reading", "waiting"))
                        && states(asked, TableState::rows).get(0) > 0); // the snapshot has begun
        assertThatThrownBy(() -> source(impatience, "TRUNCATE TABLE " + schema + ".debits"))
                .isInstanceOf(SQLException.class)
                .hasMessageMatching("(?is).*(lock timeout|lock wait timeout).*");
        await().atMost(Duration.ofSeconds(30)).until(() -> states(asked).equals(List.of("read", "reading")));
        assertThat(states(asked, TableState::rows).get(0)).isEqualTo((long) ROWS);
        Run run = ended(asked);
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(run.reason()).isEqualTo("2 tables, " + 2 * ROWS + " rows");
        assertThat(sum()).isEqualTo(SUM);
        source(impatience, "TRUNCATE TABLE " + schema + ".debits");
    }

    @Test
    void aTableThatIsRefusedKeepsTheOthersFromBeingLoaded() throws Exception {
        tables();
        source(
                "CREATE TABLE " + schema + ".excess (id INT PRIMARY KEY, t "
                        + (database.url().startsWith("jdbc:mariadb:") ? "LONGTEXT" : "TEXT") + ")",
                "INSERT INTO " + schema + ".excess VALUES (7, REPEAT('x', 70000))");
        start("snapshot", "sync");
        Run run = run(false);
        assertThat(run.status()).isEqualTo(RunStatus.ERROR);
        assertThat(run.reason())
                .startsWith("3 of 3 tables failed: " + schema + ".excess: in the row with id=7")
                .contains("None of 3 tables was loaded");
        assertThat(run.counts()).containsEntry("tables", 3L).containsEntry("failedTables", 3L);
        assertThat(states(run)).containsExactly("failed", "failed", "failed");
        assertThat(rows("debits", "id", "id")).isEmpty();
        source("DROP TABLE " + schema + ".excess");
        Run good = run(false);
        assertThat(good.status()).as(good.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(sum()).isEqualTo(SUM);
    }

    private void tables() throws SQLException {
        for (String table : List.of("credits", "debits")) {
            source("CREATE TABLE " + schema + "." + table + " (id INT PRIMARY KEY, amount INT NOT NULL, updated_at "
                    + time + " NOT NULL DEFAULT CURRENT_TIMESTAMP(6))");
            StringBuilder rows = new StringBuilder("(1, 1000)");
            for (int id = 2; id <= ROWS; id++) {
                rows.append(", (").append(id).append(", 1000)");
            }
            source("INSERT INTO " + schema + "." + table + " (id, amount) VALUES " + rows);
        }
    }

    private long sum() {
        return Long.parseLong(rows("debits", "sum(amount)", "1").get(0))
                + Long.parseLong(rows("credits", "sum(amount)", "1").get(0));
    }

    private List<String> states(Run run) {
        return states(run, TableState::state);
    }

    private <T> List<T> states(Run run, Function<TableState, T> what) {
        Units units = new Units(SharedSandbox.get().dynamoDb(), settings("alice"), Clock.systemUTC());
        SyncBook book = new SyncBook(runs(), units, Clock.systemUTC());
        return book.tables(runs().find("shop", run.id()).orElseThrow()).stream()
                .map(what)
                .toList();
    }
}
