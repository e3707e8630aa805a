package dev.caravan.pipeline.tabletoredshift.watermark;

import dev.caravan.pipeline.tabletoredshift.extract.ExtractSettings;
import dev.caravan.pipeline.tabletoredshift.extract.MemoryParts;
import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The databases of these tests, in each one's words. */
enum TimedSource {
    MARIADB(SourceKind.MYSQL, "NOW(6)", "TIMESTAMP(6)", "shop"),
    POSTGRES(SourceKind.POSTGRESQL, "now()", "timestamptz", "public");

    private static final ExtractSettings SETTINGS = new ExtractSettings("~null", Codec.ZSTD, 1 << 20, Set.of());

    final SourceKind kind;
    final String now, type;
    private final String schema;

    TimedSource(SourceKind kind, String now, String type, String schema) {
        this.kind = kind;
        this.now = now;
        this.type = type;
        this.schema = schema;
    }

    SourceDatabase database() {
        return this == MARIADB ? SharedSources.mariaDb() : SharedSources.postgres();
    }

    Connection connect() throws SQLException {
        return database().connect();
    }

    TableId table(String name) {
        return new TableId(schema, name);
    }

    void run(String... statements) throws SQLException {
        try (Connection connection = connect()) {
            run(connection, statements);
        }
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static SourceColumn column(SourceTable table, String name) {
        return table.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Rows that a condition finds, as texts. */
    static List<List<@Nullable String>> rows(Snapshot snapshot, SourceTable table, String where) throws Exception {
        MemoryParts parts = new MemoryParts();
        snapshot.extract(new Selection(table, TypeMapping.of(table, Set.of()).columns(), where), SETTINGS, parts);
        return parts.rows(SETTINGS);
    }
}
