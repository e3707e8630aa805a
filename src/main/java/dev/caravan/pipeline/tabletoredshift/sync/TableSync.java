package dev.caravan.pipeline.tabletoredshift.sync;

import dev.caravan.base.property.Property;
import dev.caravan.base.property.Values;
import dev.caravan.feed.property.AccessProperties;
import dev.caravan.feed.property.ClusterProperties;
import dev.caravan.feed.property.MessageProperties;
import dev.caravan.pipeline.tabletoredshift.pace.StopAbove;
import dev.caravan.pipeline.tabletoredshift.source.SourceStatement;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import dev.caravan.redshift.target.CopyCredentials;
import dev.caravan.redshift.target.SchemaEvolution;
import dev.caravan.redshift.target.TableName;
import dev.caravan.redshift.target.WriteMode;
import dev.caravan.s3.event.S3Prefix;
import dev.caravan.work.run.Crons;
import dev.caravan.work.run.Scheduled;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.quartz.CronExpression;

/**
 * Which tables of a source go to Redshift, when and how. One YAML bean of type {@code dev.caravan.pipeline.tabletoredshift.sync.TableSync} is one sync; the bean's
 * name is the sync's. {@link SyncProperties} says what its properties are. Setting one never throws: what is wrong is remembered.
 */
public final class TableSync implements Scheduled {
    private final Values values = new Values(SyncProperties.ALL);
    private volatile String name = "";

    /** Sets a property, as its name and its text stand in YAML. */
    public void set(String property, String text) {
        values.set(property, text);
    }

    Values values() {
        return values;
    }

    void adopt(String beanName, Values shared) {
        name = beanName;
        values.fallBackTo(shared);
    }

    /** The bean's name; empty until {@link Syncs} has seen the bean. */
    @Override
    public String name() {
        return name;
    }

    /** The name of the source's bean; empty if it is missing, which is a fault. */
    public String source() {
        return values.find(SourceProperties.SOURCE).orElse("");
    }

    Optional<TablePatterns> tables() {
        return values.find(SourceProperties.TABLES);
    }

    /** Its tables as they are written; empty if they are missing, which is a fault. */
    public String patterns() {
        return tables().map(TablePatterns::toString).orElse("");
    }

    /** How exactly it names a table; 0 if not at all. */
    public int exactness(TableId table) {
        return tables().map(patterns -> patterns.exactness(table)).orElse(0);
    }

    /** What of its tables names none of these: patterns, and names without a {@code *}. */
    public List<String> unmatched(List<TableId> there) {
        return tables().map(patterns -> patterns.unmatched(there)).orElse(List.of());
    }

    /** When it runs; empty if only when it is told to. */
    @Override
    public Optional<CronExpression> schedule() {
        return values.find(SourceProperties.SCHEDULE).map(text -> Crons.of(text, timeZone()));
    }

    /** When a run takes all rows. */
    @Override
    public Optional<CronExpression> fullEvery() {
        return values.find(SourceProperties.FULL_EVERY).map(text -> Crons.of(text, timeZone()));
    }

    public ZoneId timeZone() {
        return values.get(SourceProperties.TIME_ZONE);
    }

    public SyncMode mode() {
        return values.get(SourceProperties.MODE);
    }

    /** The source's column that says when a row was changed; there is one if the mode is incremental. */
    public Optional<String> watermark() {
        return values.find(SourceProperties.WATERMARK);
    }

    /** Of a watermark whose type has none; empty for the source server's. */
    public Optional<ZoneId> watermarkZone() {
        return values.find(SourceProperties.WATERMARK_ZONE);
    }

    public Duration overlap() {
        return values.get(SourceProperties.OVERLAP);
    }

    public Deletes deletes() {
        return values.get(SourceProperties.DELETES);
    }

    /**
     * Whether a run takes all rows, and not only those that have changed.
     *
     * @param asked whether it was told to
     */
    public boolean takesAll(boolean asked) {
        return asked || mode() == SyncMode.FULL;
    }

    /** What is taken in a table's place; empty if tables are. */
    public Optional<SourceStatement> statement() {
        return values.find(SourceProperties.SELECT)
                .flatMap(sql -> tables().map(TablePatterns::single)
                        .filter(single -> single.size() == 1)
                        .map(single -> new SourceStatement(single.get(0), sql, Set.copyOf(keys()))));
    }

    /** A condition in the source's SQL; may be empty. */
    public String where() {
        return values.get(SourceProperties.WHERE);
    }

    public ColumnChoice columns() {
        return values.get(SourceProperties.COLUMNS);
    }

    public Duration maxSnapshot() {
        return values.get(SourceProperties.MAX_SNAPSHOT);
    }

    /** What is read as it was at one moment. */
    public SnapshotOf snapshotOf() {
        return values.get(SourceProperties.SNAPSHOT);
    }

    /** Rows a second that are taken from the source for a table; empty for any. */
    public OptionalInt maxRate() {
        return values.find(PaceProperties.MAX_RATE).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** How many connections read a large table. */
    public int parallel() {
        return values.get(PaceProperties.PARALLEL);
    }

    public StopAbove stopAbove() {
        return values.get(PaceProperties.STOP_ABOVE);
    }

    /** The table in Redshift that a table goes to, as a feed would write it. */
    public String target(TableId table) {
        return values.find(TargetProperties.TABLE)
                .map(text -> text.replace(TargetProperties.TABLE_PART, name(table.name())))
                .orElseGet(() -> values.find(TargetProperties.TARGET_SCHEMA).orElseGet(() -> name(table.schema())) + "."
                        + name(table.name()));
    }

    /** As a part of a name: folded to lower case, for Redshift's own sake. */
    private static String name(String part) {
        String quoted = '"' + part.replace("\"", "\"\"") + '"';
        return TableName.of(part)
                .filter(name -> name.parts().size() == 1)
                .map(TableName::text)
                .orElse(quoted);
    }

    /** @param full whether all rows are taken */
    public WriteMode writeMode(boolean full) {
        if (full && mode() == SyncMode.INCREMENTAL) {
            return WriteMode.REPLACE;
        }
        return ownWriteMode().orElse(mode() == SyncMode.FULL ? WriteMode.REPLACE : WriteMode.OVERWRITE_EXISTING);
    }

    Optional<WriteMode> ownWriteMode() {
        return values.find(TargetProperties.WRITE_MODE);
    }

    /** The source's columns; empty for the primary key. */
    public List<String> keys() {
        return values.get(TargetProperties.KEYS);
    }

    public boolean createTable() {
        return values.get(TargetProperties.CREATE_TABLE);
    }

    public SchemaEvolution schemaEvolution() {
        return values.get(TargetProperties.SCHEMA_EVOLUTION);
    }

    /** A column of the source; empty for the default. */
    public Optional<String> distKey() {
        return values.find(TargetProperties.DIST_KEY);
    }

    /** Columns of the source; empty for the default. */
    public List<String> sortKey() {
        return values.get(TargetProperties.SORT_KEY);
    }

    /** Percent. */
    public int maxDeletes() {
        return values.get(TargetProperties.MAX_DELETES);
    }

    public Set<Policy> policies() {
        return ValueProperties.policies(values);
    }

    public List<String> clusters() {
        return values.get(ClusterProperties.CLUSTERS);
    }

    public Optional<String> iamRole() {
        return values.find(AccessProperties.IAM_ROLE);
    }

    public CopyCredentials copyCredentials() {
        return values.get(AccessProperties.COPY_CREDENTIALS);
    }

    public Optional<String> accessKeyId() {
        return values.find(AccessProperties.ACCESS_KEY_ID);
    }

    public Optional<String> secretAccessKey() {
        return values.find(AccessProperties.SECRET_ACCESS_KEY);
    }

    public Optional<S3Prefix> manifestPrefix() {
        return values.find(MessageProperties.MANIFEST_PREFIX);
    }

    public Optional<String> loadedTopic() {
        return values.find(MessageProperties.LOADED_TOPIC);
    }

    public Optional<String> failedTopic() {
        return values.find(MessageProperties.FAILED_TOPIC);
    }

    public String description() {
        return values.get(MessageProperties.DESCRIPTION);
    }

    /** Its properties as they are in force, by name, secrets hidden; those that nobody has said and that have no default are left out. */
    public Map<String, String> inForce() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Property<?> property : SyncProperties.ALL.all()) {
            String text = values.written(property)
                    .or(() -> values.writtenForAll(property))
                    .orElse(property.writtenDefault());
            if (!text.isEmpty()) {
                all.put(property.name(), text);
            }
        }
        return all;
    }

    /** For people: {@code sync 'shop'}. */
    public String inWords() {
        return "sync '" + name + "'";
    }
}
