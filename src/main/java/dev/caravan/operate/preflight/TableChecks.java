package dev.caravan.operate.preflight;

import dev.caravan.base.Quantity;
import dev.caravan.batch.OverwritePolicy;
import dev.caravan.feed.Feed;
import dev.caravan.operate.setup.NameCase;
import dev.caravan.redshift.copy.CopySource;
import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.redshift.copy.IdentityColumns;
import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.redshift.target.TableName;
import dev.caravan.redshift.target.WriteMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
            missing.addAll(feed.keys());
            missing.addAll(feed.orderBy());
            Stream.of(feed.fileColumn(), feed.loadedAtColumn())
                    .flatMap(Optional::stream)
                    .forEach(missing::add);
            NameCase nameCase = NameCase.of(connection);
            missing.removeIf(column -> there.contains(nameCase.inCatalogue(column)));
            Optional<String> fault = missing.isEmpty() ? identities().fault(feed) : Optional.empty();
            if (fault.isPresent()) {
                return Finding.fail(about, fault.get());
            }
            return missing.isEmpty()
                    ? Finding.ok(about, feed.table() + ", " + Quantity.count(there.size(), "column"))
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
                () -> Sql.isTrue(connection, "SELECT has_table_privilege(?, 'insert')", inCatalogue(table))
                        ? Finding.ok(about, "this user may INSERT into " + feed.table())
                        : Finding.fail(about, "this user may not load it: GRANT INSERT ON " + table + " to this user"));
    }

    /** Only for a feed that deletes rows, or goes through temporary tables. */
    Finding more() {
        String about = about("more permission");
        String table = CopyStatement.targetTable(feed);
        return Asked.sql(about, () -> {
            List<String> lacking = new ArrayList<>();
            if (deletes() && !Sql.isTrue(connection, "SELECT has_table_privilege(?, 'delete')", inCatalogue(table))) {
                lacking.add("GRANT DELETE ON " + table);
            }
            if (feed.isStaged()
                    && !Sql.isTrue(connection, "SELECT has_table_privilege(?, 'select')", inCatalogue(table))) {
                lacking.add("GRANT SELECT ON " + table);
            }
            if (feed.isStaged()
                    && !Sql.isTrue(connection, "SELECT has_database_privilege(current_database(), ?)", "temp")) {
                lacking.add("GRANT TEMP ON DATABASE");
            }
            return lacking.isEmpty()
                    ? Finding.ok(about, "this user may do all that its writeMode and columns want")
                    : Finding.fail(about, "this user may not: " + String.join(", ", lacking) + " to this user");
        });
    }

    private boolean deletes() {
        return feed.writeMode() == WriteMode.REPLACE
                || feed.writeMode() == WriteMode.OVERWRITE_EXISTING
                || feed.onOverwrite() == OverwritePolicy.REPLACE;
    }

    /** Whether {@link #more} has something to ask. */
    boolean wantsMore() {
        return deletes() || feed.isStaged();
    }

    /** Has the cluster read a file as a load would, without loading it. */
    Finding noload(CopyStatement copy, String fileUrl, String manifestUrl) {
        String about = about("COPY");
        String how = feed.format().kind().isColumnar() ? "rolled back" : "NOLOAD";
        return Asked.sql(about, () -> {
            CopySource source = new CopySource(manifestUrl, identities().copied(feed, columnsThere()), List.of());
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute(copy.rehearsal(feed, source));
                throw new SQLException("the trial came to an end that it has not");
            } catch (SQLException e) {
                if (CopyFailure.of(e).kind() != CopyFailure.Kind.READABLE) {
                    throw e;
                }
                return Finding.ok(about, "the cluster can read " + fileUrl + " (" + how + ")");
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    private IdentityColumns identities() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(IdentityColumns.question(feed))) {
            List<Map<String, String>> answer = new ArrayList<>();
            while (rows.next()) {
                answer.add(Map.of("name", rows.getString("name"), "kind", rows.getString("kind")));
            }
            return IdentityColumns.of(answer);
        }
    }

    private List<String> columnsThere() throws SQLException {
        NameCase nameCase = NameCase.of(connection);
        List<String> parts = TableName.of(feed.table()).map(TableName::parts).orElse(List.of(feed.table())).stream()
                .map(nameCase::inCatalogue)
                .toList();
        return parts.size() == 2
                ? Sql.column(connection, COLUMNS + "?", parts.get(1), parts.get(0))
                : Sql.column(connection, COLUMNS + "current_schema()", parts.get(0));
    }

    private String inCatalogue(String quoted) {
        return NameCase.of(connection).inCatalogue(quoted);
    }

    private String about(String what) {
        return feed.name() + " in " + cluster + ": " + what;
    }
}
