package dev.caravan.pipeline.tabletoredshift.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.MappedTable;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names are names, whatever characters they have, and a condition ends where it ends. */
class OddNamesTest {
    private static final String SCHEMA = "odd `s\"'; --", TABLE = "t`\"'%?", COLUMN = "select `c\"'?";

    @Test
    void inMariaDb() throws Exception {
        extract(SharedSources.mariaDb(), "DATABASE", "`odd ``s\"'; --`", "`t``\"'%?`", "`select ``c\"'?`");
    }

    @Test
    void inPostgres() throws Exception {
        extract(SharedSources.postgres(), "SCHEMA", "\"odd `s\"\"'; --\"", "\"t`\"\"'%?\"", "\"select `c\"\"'?\"");
    }

    private static void extract(SourceDatabase database, String kind, String schema, String table, String column)
            throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE " + kind + " " + schema);
            statement.execute(
                    "CREATE TABLE " + schema + "." + table + " (" + column + " VARCHAR(5) PRIMARY KEY, n BIGINT)");
            statement.execute("INSERT INTO " + schema + "." + table + " VALUES ('a', 1), ('b', 2)");
        }
        MemoryParts parts = new MemoryParts();
        try (Snapshot snapshot = Snapshot.begin(database.connect())) {
            TableId id = new TableId(SCHEMA, TABLE);
            assertThat(snapshot.catalog().tables()).contains(id);
            MappedTable mapped = TypeMapping.of(snapshot.catalog().table(id).orElseThrow(), Set.of());
            assertThat(mapped.table().primaryKey()).containsExactly(COLUMN);
            snapshot.extract(
                    new Selection(mapped.table(), mapped.columns(), "n > 1 -- the second"),
                    new ExtractSettings("~null", Codec.ZSTD, 1 << 20, Set.of()),
                    parts);
        }
        assertThat(parts.csv(0, Codec.ZSTD)).isEqualTo("\"b\",2\n");
    }
}
