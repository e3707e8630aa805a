package dev.caravan.pipeline.tabletoredshift.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.extract.part.PartSink;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.MappedTable;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken from a snapshot is of one moment, in parts of whole rows; a part that isn't complete is never taken for one. */
class SnapshotTest {
    private enum Source {
        MARIADB,
        POSTGRES;

        SourceDatabase database() {
            return this == MARIADB ? SharedSources.mariaDb() : SharedSources.postgres();
        }

        TableId table(String name) {
            return new TableId(this == MARIADB ? "shop" : "public", name);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsOfAllTablesAreOfTheMomentItBegan(Source source) throws Exception {
        run(source, "CREATE TABLE first_t (id INT PRIMARY KEY)", "CREATE TABLE second_t (id INT PRIMARY KEY)");
        run(source, "INSERT INTO first_t VALUES (1)", "INSERT INTO second_t VALUES (1)");
        try (Snapshot snapshot = Snapshot.begin(source.database().connect())) {
            run(source, "INSERT INTO first_t VALUES (2)");
            assertThat(rows(snapshot, source.table("first_t"))).isEqualTo("1\n");
            run(source, "UPDATE second_t SET id = 3", "INSERT INTO second_t VALUES (4)");
            assertThat(rows(snapshot, source.table("second_t"))).isEqualTo("1\n");
        }
        try (Snapshot later = Snapshot.begin(source.database().connect())) {
            assertThat(rows(later, source.table("second_t"))).isEqualTo("3\n4\n");
        }
    }

    /** "The table will appear empty to concurrent transactions, if they are using a snapshot taken before the DDL command occurred" ("Caveats" of MVCC in PostgreSQL's manual). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE rewritten ALTER COLUMN n TYPE BIGINT",
                "TRUNCATE rewritten",
                "DROP VIEW seen; DROP TABLE rewritten; CREATE TABLE rewritten (id INT PRIMARY KEY, n INT);"
                        + " CREATE VIEW seen AS SELECT id FROM rewritten"
            })
    void aTableThatIsWrittenAnewAfterTheSnapshotBegan_isntTakenForAnEmptyOne(String rewriting) throws Exception {
        run(
                Source.POSTGRES,
                "DROP TABLE IF EXISTS rewritten CASCADE",
                "CREATE TABLE rewritten (id INT PRIMARY KEY, n INT)",
                "INSERT INTO rewritten VALUES (1, 1)",
                "CREATE VIEW seen AS SELECT id FROM rewritten WHERE id > 0");
        TableId table = new TableId("public", "rewritten");
        try (Snapshot snapshot = Snapshot.begin(Source.POSTGRES.database().connect())) {
            run(
                    Source.POSTGRES,
                    rewriting.contains("TYPE") ? "DROP VIEW seen" : "SELECT 1",
                    rewriting,
                    "INSERT INTO rewritten VALUES (2, 2)");
            assertThatThrownBy(() -> rows(snapshot, table))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("rewritten was written anew after the reading had begun");
        }
        try (Snapshot later = Snapshot.begin(Source.POSTGRES.database().connect())) {
            assertThat(rows(later, table)).contains("2");
        }
    }

    @Test
    void aNewIndexDoesNoHarm() throws Exception {
        run(
                Source.POSTGRES,
                "CREATE TABLE reindexed (id INT PRIMARY KEY, n INT)",
                "INSERT INTO reindexed VALUES (1, 1)");
        try (Snapshot snapshot = Snapshot.begin(Source.POSTGRES.database().connect())) {
            run(Source.POSTGRES, "CREATE INDEX ON reindexed (n)", "REINDEX TABLE reindexed", "VACUUM reindexed");
            assertThat(rows(snapshot, new TableId("public", "reindexed"))).isEqualTo("1,1\n");
        }
    }

    @Test
    void aViewIsntTakenForEmptyEither() throws Exception {
        run(
                Source.POSTGRES,
                "CREATE TABLE below (id INT PRIMARY KEY)",
                "INSERT INTO below VALUES (1)",
                "CREATE VIEW above AS SELECT id FROM below");
        TableId view = new TableId("public", "above");
        try (Snapshot snapshot = Snapshot.begin(Source.POSTGRES.database().connect())) {
            run(Source.POSTGRES, "TRUNCATE below", "INSERT INTO below VALUES (2)");
            assertThatThrownBy(() -> rows(snapshot, view)).hasMessageContaining("below was written anew");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingCanBeWrittenToTheSource(Source source) throws Exception {
        run(source, "CREATE TABLE untouched (id INT PRIMARY KEY)");
        try (Snapshot snapshot = Snapshot.begin(source.database().connect());
                Statement statement = snapshot.connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("INSERT INTO untouched VALUES (1)"))
                    .hasMessageContaining(source == Source.MARIADB ? "READ ONLY transaction" : "read-only transaction");
        }
    }

    @ParameterizedTest
    @EnumSource
    void partsAreCutBetweenRowsWhenTheyAreLargeEnough(Source source) throws Exception {
        many(source, "many_rows");
        for (Codec codec : Codec.values()) {
            MemoryParts parts = new MemoryParts();
            ExtractSettings settings = new ExtractSettings("~null", codec, 200_000, Set.of());
            Extracted extracted;
            try (Snapshot snapshot = Snapshot.begin(source.database().connect())) {
                extracted = snapshot.extract(all(snapshot, source.table("many_rows"), "id > 1000"), settings, parts);
            }
            assertThat(extracted.rows()).isEqualTo(49_000);
            assertThat(extracted.parts()).hasSizeGreaterThan(2).hasSameSizeAs(parts.complete);
            assertThat(extracted.parts().stream()
                            .mapToLong(Extracted.Part::rows)
                            .sum())
                    .isEqualTo(49_000);
            for (int i = 0; i < extracted.parts().size(); i++) {
                Extracted.Part part = extracted.parts().get(i);
                String csv = parts.csv(i, codec);
                assertThat(part.number()).isEqualTo(i + 1);
                assertThat(part.bytes()).isEqualTo(parts.complete.get(i).length);
                assertThat(part.csvBytes()).isEqualTo(csv.length());
                assertThat(csv.lines()).hasSize((int) part.rows());
            }
            assertThat(parts.rows(settings)).doesNotHaveDuplicates().hasSize(49_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableWithoutRowsHasNoParts(Source source) throws Exception {
        run(source, "CREATE TABLE no_rows (id INT PRIMARY KEY)");
        try (Snapshot snapshot = Snapshot.begin(source.database().connect())) {
            MemoryParts parts = new MemoryParts();
            Extracted extracted = snapshot.extract(all(snapshot, source.table("no_rows"), ""), settings(), parts);
            assertThat(extracted).isEqualTo(new Extracted(0, List.of(), List.of()));
            assertThat(parts.complete).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPartThatFailsIsAbandonedAndTheSourceStopsSending(Source source) throws Exception {
        many(source, "failing");
        MemoryParts parts = new MemoryParts();
        PartSink full = number -> {
            if (number == 2) {
                throw new IOException("full");
            }
            return parts.open(number);
        };
        Snapshot snapshot = Snapshot.begin(source.database().connect());
        ExtractSettings small = new ExtractSettings("~null", Codec.ZSTD, 200_000, Set.of());
        assertThatThrownBy(() -> snapshot.extract(all(snapshot, source.table("failing"), ""), small, full))
                .hasMessage("full");
        assertThat(parts.complete).hasSize(1);
        assertThat(snapshot.connection.isClosed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptionEndsIt(Source source) throws Exception {
        many(source, "interrupted");
        MemoryParts parts = new MemoryParts();
        PartSink interrupting = number -> {
            Thread.currentThread().interrupt();
            return parts.open(number);
        };
        Snapshot snapshot = Snapshot.begin(source.database().connect());
        Selection all = all(snapshot, source.table("interrupted"), "");
        try {
            assertThatThrownBy(() -> snapshot.extract(all, settings(), interrupting))
                    .isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(parts.abandoned).isEqualTo(1);
        assertThat(parts.complete).isEmpty();
    }

    /** Rows that row security hides would be missing, and nobody would know. */
    @Test
    void rowsThatTheUserMayNotSeeAreAnErrorAndNotLeftOut() throws Exception {
        run(
                Source.POSTGRES,
                "CREATE TABLE guarded (id INT PRIMARY KEY)",
                "INSERT INTO guarded VALUES (1), (2)",
                "ALTER TABLE guarded ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY odd ON guarded USING (id % 2 = 1)",
                "CREATE ROLE limited LOGIN",
                "GRANT SELECT ON guarded TO limited");
        String url = SharedSources.postgres().url().replace("user=postgres", "user=limited");
        try (Snapshot snapshot = Snapshot.begin(DriverManager.getConnection(url))) {
            assertThatThrownBy(() -> rows(snapshot, Source.POSTGRES.table("guarded")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("row-level security");
        }
    }

    private static ExtractSettings settings() {
        return new ExtractSettings("~null", Codec.ZSTD, 1 << 20, Set.of());
    }

    private static String rows(Snapshot snapshot, TableId table) throws Exception {
        MemoryParts parts = new MemoryParts();
        snapshot.extract(all(snapshot, table, ""), settings(), parts);
        return parts.csv(0, Codec.ZSTD);
    }

    private static Selection all(Snapshot snapshot, TableId id, String where) throws SQLException {
        SourceTable table = snapshot.catalog().table(id).orElseThrow();
        MappedTable mapped = TypeMapping.of(table, Set.of());
        return new Selection(table, mapped.columns(), where);
    }

    /** 50,000 rows that can't be made much smaller. */
    private static void many(Source source, String table) throws SQLException {
        run(
                source,
                "CREATE TABLE " + table + " (id INT PRIMARY KEY, hash CHAR(32))",
                source == Source.MARIADB
                        ? "INSERT INTO " + table + " SELECT seq, MD5(seq) FROM seq_1_to_50000"
                        : "INSERT INTO " + table + " SELECT n, md5(n::text) FROM generate_series(1, 50000) n");
    }

    private static void run(Source source, String... statements) throws SQLException {
        try (Connection connection = source.database().connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
