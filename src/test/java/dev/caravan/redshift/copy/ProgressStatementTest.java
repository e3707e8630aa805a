package dev.caravan.redshift.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.batch.Progress;
import dev.caravan.feed.Feed;
import dev.caravan.redshift.failure.CopyFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Progress is made in the transaction that loads the rows, once, and from where it was planned, or neither is. Through the real driver. */
class ProgressStatementTest {
    private static final String TABLE = "public.progress_made";
    private static final List<String> COLUMNS = List.of("id", "name");

    private final RealLoads loads = new RealLoads();
    private final ProgressStatement statement = new ProgressStatement("caravan");

    @BeforeEach
    void table() throws SQLException {
        loads.run("DROP TABLE IF EXISTS " + TABLE + ";\nCREATE TABLE " + TABLE
                + " (id INT, name VARCHAR(9));\nDROP TABLE IF EXISTS caravan.\"progress:" + TABLE
                + "\";\nDROP TABLE IF EXISTS caravan.\"" + TABLE + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "overwriteExisting", "keepExisting"})
    void progressGoesStepByStep_eachWithItsRows(String writeMode) throws IOException, SQLException {
        Feed feed = feed(writeMode);
        load(feed, "1,a\n2,b\n", new Progress("shop", 1, "noon's", 2));
        assertThat(at(feed, "shop")).containsExactly("1,noon's");
        load(feed, "3,c\n", new Progress("shop", 2, "one", 1));
        load(feed, "4,d\n", new Progress("other", 1, "x", 1));
        assertThat(at(feed, "shop")).containsExactly("2,one");
        assertThat(at(feed, "other")).containsExactly("1,x");
        assertThat(at(feed, "nobody")).isEmpty();
        assertThat(rows()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4})
    void aLoadThatWasPlannedOnAnotherStep_changesNothing(long step) throws IOException, SQLException {
        Feed feed = feed("append");
        load(feed, "1,a\n", new Progress("shop", 1, "one", 1));
        load(feed, "2,b\n", new Progress("shop", 2, "two", 1));
        assertIsFatal(
                () -> load(feed, "3,c\n", new Progress("shop", step, "again", 1)),
                "since the run was planned, the cluster's progress was changed by another load, or by a restore");
        assertThat(rows()).containsExactly("1,a", "2,b");
        assertThat(at(feed, "shop")).containsExactly("2,two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "overwriteExisting", "keepExisting"})
    void anotherNumberOfRowsThanWereRead_changesNothing(String writeMode) throws IOException, SQLException {
        Feed feed = feed(writeMode);
        load(feed, "1,a\n", new Progress("shop", 1, "one", 1));
        for (long read : new long[] {0, 1, 3}) {
            assertIsFatal(
                    () -> load(feed, "1,x\n2,b\n", new Progress("shop", 2, "two", read)),
                    "the cluster copied another number of rows than were read from the source");
        }
        assertThat(rows()).containsExactly("1,a");
        assertThat(at(feed, "shop")).containsExactly("1,one");
    }

    @Test
    void rowsThatTheTableKeeps_countAsCopied() throws IOException, SQLException {
        Feed feed = feed("keepExisting");
        load(feed, "1,a\n", new Progress("shop", 1, "one", 1));
        load(feed, "1,x\n2,b\n", new Progress("shop", 2, "two", 2));
        assertThat(rows()).containsExactly("1,a", "2,b");
    }

    private static void assertIsFatal(ThrowingCallable load, String problem) {
        assertThatThrownBy(load).satisfies(thrown -> {
            CopyFailure failure = CopyFailure.of(thrown);
            assertThat(failure.kind()).isEqualTo(CopyFailure.Kind.FATAL);
            assertThat(failure.problem()).startsWith(problem);
        });
    }

    private void load(Feed feed, String csv, Progress progress) throws IOException, SQLException {
        loads.load(feed, COLUMNS, List.of(loads.file(csv)), Optional.of(progress));
    }

    private List<String> at(Feed feed, String name) throws SQLException {
        return loads.rows(statement.ask(feed, name));
    }

    private List<String> rows() throws SQLException {
        return loads.rows("SELECT * FROM " + TABLE + " ORDER BY id");
    }

    private static Feed feed(String writeMode) {
        Feed feed = new Feed();
        feed.set("prefix", "landing/files/");
        feed.set("table", TABLE);
        feed.set("iamRole", "default");
        feed.set("writeMode", writeMode);
        if (!writeMode.equals("append")) {
            feed.set("keys", "id");
        }
        return feed;
    }
}
