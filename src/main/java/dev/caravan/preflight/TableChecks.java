package dev.caravan.preflight;

import dev.caravan.copy.CopyStatement;
import dev.caravan.feed.Feed;
import dev.caravan.feed.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A feed's table in a cluster. */
record TableChecks(Feed feed, String cluster, Connection connection) {
    private static final String COLUMNS = """
            SELECT a.attname FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped AND n.nspname =\s""";

    /** Whether the table and all columns that the feed names are there. */
    Finding columns() {
        String about = about("table");
        return Asked.sql(about, () -> {
            List<String> there = columnsThere();
            if (there.isEmpty()) {
                return Finding.fail(
                        about, "no such table " + feed.table() + ": create it, or name another in the feed's table");
            }
            List<String> missing = new ArrayList<>(feed.columns());
            feed.fileColumn().ifPresent(missing::add);
            missing.removeAll(there);
            return missing.isEmpty()
                    ? Finding.ok(about, feed.table() + ", " + there.size() + " columns")
                    : Finding.fail(
                            about,
                            feed.table() + " has no column " + String.join(", ", missing) + ", only "
                                    + String.join(", ", there) + ": add it, or change the feed's columns");
        });
    }

    Finding insert() {
        String about = about("permission");
        String table = CopyStatement.targetTable(feed);
        return Asked.sql(
                about,
                () -> Sql.isTrue(connection, "SELECT has_table_privilege(?, 'insert')", table)
                        ? Finding.ok(about, "this user may INSERT into " + feed.table())
                        : Finding.fail(about, "this user may not load it: GRANT INSERT ON " + table + " to this user"));
    }

    /** Has the cluster read a file as a load would, without loading it. */
    Finding noload(CopyStatement copy, String fileUrl, String manifestUrl) {
        String about = about("COPY");
        String how = feed.format().kind().isColumnar() ? "rolled back" : "NOLOAD";
        return Asked.sql(about, () -> {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute(copy.noload(feed, manifestUrl));
                return Finding.ok(about, "the cluster can read " + fileUrl + " (" + how + ")");
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    private List<String> columnsThere() throws SQLException {
        List<String> parts = TableName.of(feed.table()).map(TableName::parts).orElse(List.of(feed.table()));
        return parts.size() == 2
                ? Sql.column(connection, COLUMNS + "?", parts.get(1), parts.get(0))
                : Sql.column(connection, COLUMNS + "current_schema()", parts.get(0));
    }

    private String about(String what) {
        return feed.name() + " in " + cluster + ": " + what;
    }
}
