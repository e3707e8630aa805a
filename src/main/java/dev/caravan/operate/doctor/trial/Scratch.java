package dev.caravan.operate.doctor.trial;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.feed.Feed;
import dev.caravan.load.manifest.ManifestKey;
import dev.caravan.outcome.AddedColumn;
import dev.caravan.redshift.copy.CopySource;
import dev.caravan.redshift.copy.CopySource.SingleFile;
import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.redshift.failure.CopyFailure;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A schema and a folder for the proofs' tables and files, and loads as the routes run them. */
public final class Scratch {
    private final Place place;
    private final Wishes wishes;
    private final String schema;
    private final Database database;
    private final Folder folder;
    private final DoctorFeed feeds;
    private final CopyStatement statement;
    private final AtomicInteger numbers = new AtomicInteger();

    public Scratch(Place place, Wishes wishes, String schema, Database database, Folder folder, DoctorFeed feeds) {
        this.place = place;
        this.wishes = wishes;
        this.schema = schema;
        this.database = database;
        this.folder = folder;
        this.feeds = feeds;
        statement = place.statements().apply(schema);
    }

    boolean isDataApi() {
        return place.isDataApi();
    }

    Wishes wishes() {
        return wishes;
    }

    Database database() {
        return database;
    }

    Folder folder() {
        return folder;
    }

    CopyStatement statement() {
        return statement;
    }

    /** {@code schema.name}, quoted for SQL and as a feed writes it. */
    String name(String table) {
        return schema + ".\"" + table + "\"";
    }

    /** Creates {@code (id INT, name VARCHAR(20))}, its ledger table, and a feed for it. */
    Feed table(String table, Consumer<Feed> more) throws SQLException {
        return table(table, "id INT, name VARCHAR(20)", more);
    }

    Feed table(String table, String columns, Consumer<Feed> more) throws SQLException {
        Feed feed = feed(table, more);
        database.run("CREATE TABLE " + name(table) + " (" + columns + ")");
        database.run(statement.prepare(feed));
        return feed;
    }

    /** Another feed for such a table. */
    Feed feed(String table, Consumer<Feed> more) {
        return feeds.into(name(table), more);
    }

    /** An id that no batch had before. */
    String batch() {
        return DoctorFeed.NAME + "-" + numbers.incrementAndGet();
    }

    /** A file of rows, none of which any other has. */
    FileEntry file(String content) {
        return folder.file(numbers.incrementAndGet() + ".csv", content);
    }

    Attempt load(Feed feed, String id, FileEntry... files) throws SQLException {
        return load(feed, id, List.of(), () -> {}, files);
    }

    /** @param added columns that the table gets in the same transaction */
    Attempt load(Feed feed, String id, List<AddedColumn> added, FileEntry... files) throws SQLException {
        return load(feed, id, added, () -> {}, files);
    }

    /** @param uncommitted runs before the load is committed; by JDBC only */
    Attempt load(Feed feed, String id, Database.Meanwhile uncommitted, FileEntry... files) throws SQLException {
        return load(feed, id, List.of(), uncommitted, files);
    }

    private Attempt load(
            Feed feed, String id, List<AddedColumn> added, Database.Meanwhile uncommitted, FileEntry... files)
            throws SQLException {
        List<FileEntry> all = List.of(files);
        CopySource source = source(feed, id, added, all);
        Instant now = Instant.now();
        Batch batch = Batch.fresh(id, feed.key(), feed.name(), Batch.SHARED, now, now)
                .with(all)
                .lockedAt(now);
        return tried(() -> database.run(statement.load(feed, batch, source, List.of()), uncommitted));
    }

    /** A COPY that is taken back. */
    Attempt trial(Feed feed, FileEntry... files) throws SQLException {
        CopySource source = source(feed, batch(), List.of(), List.of(files));
        return tried(() -> database.run(statement.trial(feed, source)));
    }

    private static Attempt tried(Database.Meanwhile load) {
        try {
            load.run();
            return Attempt.LOADED;
        } catch (SQLException e) {
            return Attempt.failed(CopyFailure.of(e));
        }
    }

    private CopySource source(Feed feed, String id, List<AddedColumn> added, List<FileEntry> files)
            throws SQLException {
        ManifestKey key = ManifestKey.of(feed, id, 1);
        List<SingleFile> singles = new ArrayList<>();
        if (feed.isFileByFile()) {
            for (FileEntry file : files) {
                String manifest = folder.manifest(key.forFile(singles.size()), List.of(file));
                singles.add(new SingleFile(file.url(), manifest));
            }
        }
        return new CopySource(folder.manifest(key, files), feed.isStaged() ? columns(feed) : List.of(), added, singles);
    }

    /** The columns that the feed's table has. */
    List<String> columns(Feed feed) throws SQLException {
        return database.columns(statement.tableColumns(feed));
    }

    /** What is in the feed's table: rows in order, values separated by commas. */
    List<String> rows(Feed feed) throws SQLException {
        return database.rows("SELECT * FROM " + CopyStatement.targetTable(feed)).stream()
                .map(row -> String.join(",", row))
                .sorted()
                .toList();
    }

    /** How many rows the ledger table has for a batch. */
    int noted(Feed feed, String id) throws SQLException {
        Instant now = Instant.now();
        return database.rows(statement.loaded(feed, Batch.fresh(id, feed.key(), feed.name(), Batch.SHARED, now, now)))
                .size();
    }
}
