package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What becomes of a table's rows, by the shipped routes and the real driver. */
class WriteModeTest extends LoadingTest {

    @Test
    void replaceLeavesTheBatchesRowsAlone() throws Exception {
        cluster.run("INSERT INTO public." + table + " VALUES (9, 'old')");
        start("batchSize", "2", "writeMode", "replace");
        put("web/a.csv", "1,a\n");
        put("web/b.csv", "2,b\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(rows()).containsExactly("1 a", "2 b");
    }

    @Test
    void overwriteExistingTakesTheRowOfTheLastFile() throws Exception {
        cluster.run("INSERT INTO public." + table + " VALUES (1, 'old'), (9, 'stays')");
        start("batchSize", "3", "writeMode", "overwriteExisting", "keys", "id");
        put("web/z.csv", "1,first\n2,first\n");
        put("web/y.csv", "1,second\n3,second\n");
        put("web/x.csv", "1,last\n");
        JsonNode message = messages(landing.loadedQueueUrl(), 1).get(0);
        assertThat(rows()).containsExactly("1 last", "2 first", "3 second", "9 stays");
        assertThat(message.at("/clusters/0/rows").asInt()).isEqualTo(3);
    }

    @Test
    void orderByNeedsNoFileByFile_andTheLatestRowStays_inTheBatchAndInTheTable() throws Exception {
        cluster.run("ALTER TABLE public." + table + " ADD COLUMN at INT");
        start("batchSize", "2", "writeMode", "overwriteExisting", "keys", "id", "orderBy", "at");
        put("web/a.csv", "1,new,7\n2,b,1\n");
        put("web/b.csv", "1,old,6\n4,e,\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(rows()).containsExactly("1 new", "2 b", "4 e");
        put("web/c.csv", "2,c,0\n1,again,7\n");
        put("web/d.csv", "3,d,0\n4,f,0\n1,never,\n");
        JsonNode message = messages(landing.loadedQueueUrl(), 1).get(0);
        assertThat(rows()).containsExactly("1 again", "2 b", "3 d", "4 f");
        assertThat(message.at("/clusters/0/rows").asInt()).isEqualTo(3);
    }

    @Test
    void keepExistingAddsWhatTheTableDoesNotHave() throws Exception {
        cluster.run("INSERT INTO public." + table + " VALUES (1, 'stays')");
        start("batchSize", "2", "writeMode", "keepExisting", "keys", "id");
        put("web/a.csv", "1,new\n2,first\n");
        put("web/b.csv", "2,second\n3,c\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(rows()).containsExactly("1 stays", "2 first", "3 c");
    }

    @Test
    void rowsWhoseKeysAreNullEqualNoOthers_inOneBatchAsInTwo() throws Exception {
        for (String mode : List.of("overwriteExisting", "keepExisting")) {
            for (String keys : List.of("id", "id, name")) {
                cluster.run("DELETE FROM public." + table);
                Pipeline merging = pipeline("batchSize", "1", "writeMode", mode, "keys", keys)
                        .start();
                try {
                    put("web/" + mode + keys + "-1.csv", ",a\n,b\n,b\n,c\n1,d\n");
                    await().until(() -> cluster.count("public." + table) == 5);
                    put("web/" + mode + keys + "-2.csv", ",a\n1,d\n");
                    await().until(() -> cluster.count("public." + table) == 6);
                    messages(landing.loadedQueueUrl(), 2);
                } finally {
                    merging.close();
                }
                assertThat(rows()).containsExactlyInAnyOrder("null a", "null a", "null b", "null b", "null c", "1 d");
            }
        }
    }

    @Test
    void rowsSayWhereTheyCameFromAndSinceWhen_andABadFileIsQuarantinedAllTheSame() throws Exception {
        cluster.run("ALTER TABLE public." + table + " ADD COLUMN file VARCHAR(1100) NOT NULL");
        cluster.run("ALTER TABLE public." + table + " ADD COLUMN loaded_at TIMESTAMP NOT NULL");
        start("batchSize", "3", "fileColumn", "file", "loadedAtColumn", "loaded_at");
        put("web/a.csv", "1,a\n");
        put("web/it's b.csv", "2,b\n3,c\n");
        put("web/bad.csv", "four,d\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(cluster.column("SELECT id || ' ' || file FROM public." + table + " ORDER BY id"))
                .containsExactly("1 " + url("web/a.csv"), "2 " + url("web/it's b.csv"), "3 " + url("web/it's b.csv"));
        assertThat(cluster.column(
                        "SELECT COUNT(*) FROM public." + table + " WHERE loaded_at > getdate() - INTERVAL '5 minutes'"))
                .containsExactly("3");
        JsonNode failed = message(landing.failedQueueUrl(), "quarantined");
        assertThat(failed.at("/quarantined/0/file").asText()).isEqualTo(url("web/bad.csv"));
    }

    @Test
    void namesInQuotesAreThoseThatTheClusterFoldsThemTo() throws Exception {
        cluster.run("ALTER TABLE public." + table + " ADD COLUMN file VARCHAR(1100) NOT NULL");
        cluster.run("ALTER TABLE public." + table + " ADD COLUMN loaded_at TIMESTAMP NOT NULL");
        start(
                "table",
                "\"Public\".\"" + table.toUpperCase(Locale.ROOT) + "\"",
                "batchSize",
                "2",
                "fileColumn",
                "\"File\"",
                "loadedAtColumn",
                "\"Loaded_At\"",
                "writeMode",
                "overwriteExisting",
                "keys",
                "\"ID\"");
        put("web/a.csv", "1,a\n2,b\n");
        put("web/b.csv", "1,c\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(cluster.column("SELECT id || name || ' ' || file FROM public." + table + " ORDER BY id"))
                .containsExactly("1c " + url("web/b.csv"), "2b " + url("web/a.csv"));
    }

    @Test
    void sqlBeforeAndAfterIsOfTheSameTransaction() throws Exception {
        cluster.run("CREATE TABLE public." + table + "_log (what VARCHAR(20))");
        String log = "INSERT INTO public." + table + "_log VALUES ";
        start("batchSize", "1", "preSql", log + "('before; ');", "postSql", log + "('after')", "onBadFile", "fail");
        put("web/bad.csv", "one,a\n");
        message(landing.failedQueueUrl(), "failed");
        assertThat(cluster.column("SELECT what FROM public." + table + "_log")).isEmpty();
        put("web/good.csv", "1,a\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(cluster.column("SELECT what FROM public." + table + "_log")).containsExactly("before; ", "after");
    }

    private List<String> rows() {
        return cluster.column("SELECT COALESCE(CAST(id AS VARCHAR), 'null') || ' ' || name FROM public." + table
                + " ORDER BY id, name");
    }
}
