package dev.caravan.pipeline.redshifttopostgres.mirror;

import dev.caravan.base.property.Property;
import dev.caravan.base.property.Values;
import dev.caravan.feed.property.AccessProperties;
import dev.caravan.feed.property.MessageProperties;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ForeignRows;
import dev.caravan.redshift.copy.S3Access;
import dev.caravan.redshift.copy.SqlText;
import dev.caravan.redshift.target.CopyCredentials;
import dev.caravan.s3.event.S3Prefix;
import dev.caravan.work.run.Crons;
import dev.caravan.work.run.Scheduled;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.quartz.CronExpression;

/**
 * A table of Redshift that stands in PostgreSQL. One YAML bean of type {@code dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror} is one mirror; the bean's
 * name is the mirror's. {@link MirrorProperties} says what its properties are. Setting one never throws: what is wrong is remembered.
 */
public final class TableMirror implements Scheduled {
    private final Values values = new Values(MirrorProperties.ALL);
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

    /** The bean's name; empty until {@link Mirrors} has seen the bean. */
    @Override
    public String name() {
        return name;
    }

    /** The name of the cluster's bean; empty if it is missing, which is a fault. */
    public String source() {
        return values.find(FromProperties.SOURCE).orElse("");
    }

    /** What it is made from, for people; empty if it is missing, which is a fault. */
    public String from() {
        return values.find(FromProperties.TABLE)
                .or(() -> values.find(FromProperties.QUERY))
                .orElse("");
    }

    /** What it is made from, as it stands behind FROM. */
    public String relation() {
        return values.find(FromProperties.TABLE)
                .flatMap(FromProperties::parts)
                .map(parts -> SqlText.identifiers(parts, "."))
                .orElseGet(() -> "(" + values.find(FromProperties.QUERY).orElse("") + ")");
    }

    /** Redshift's columns, folded. */
    public List<String> keys() {
        return values.find(FromProperties.KEYS).orElse(List.of());
    }

    public ColumnPairs columns() {
        return values.get(FromProperties.COLUMNS);
    }

    /** The name of PostgreSQL's bean; empty if it is missing, which is a fault. */
    public String target() {
        return values.find(ToProperties.TARGET).orElse("");
    }

    /** Schema and table; empty if they are missing, which is a fault. */
    public List<String> targetTable() {
        return values.find(ToProperties.TARGET_TABLE).orElse(List.of());
    }

    @Override
    public Optional<CronExpression> schedule() {
        return values.find(FromProperties.SCHEDULE).map(text -> Crons.of(text, timeZone()));
    }

    public ZoneId timeZone() {
        return values.get(FromProperties.TIME_ZONE);
    }

    public OnColumnChange onColumnChange() {
        return values.get(ToProperties.ON_COLUMN_CHANGE);
    }

    public Limit maxDeletes() {
        return values.get(ToProperties.MAX_DELETES);
    }

    public Limit maxChanges() {
        return values.get(ToProperties.MAX_CHANGES);
    }

    public FirstLoad firstLoad() {
        return values.get(ToProperties.FIRST_LOAD);
    }

    /** Rows that one transaction changes; empty for all. */
    public OptionalInt applyChunk() {
        return values.find(ToProperties.APPLY_CHUNK).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    public ForeignRows foreignRows() {
        return values.get(ToProperties.FOREIGN_ROWS);
    }

    public UnknownRows unknownRows() {
        return values.get(ToProperties.UNKNOWN_ROWS);
    }

    public int keepSnapshots() {
        return values.get(ToProperties.KEEP_SNAPSHOTS);
    }

    /** With what its cluster reads and writes S3. */
    public S3Access access() {
        return new S3Access(
                inWords(),
                copyCredentials(),
                iamRole(),
                values.find(AccessProperties.ACCESS_KEY_ID),
                values.find(AccessProperties.SECRET_ACCESS_KEY));
    }

    CopyCredentials copyCredentials() {
        return values.get(AccessProperties.COPY_CREDENTIALS);
    }

    public Optional<String> iamRole() {
        return values.find(AccessProperties.IAM_ROLE);
    }

    boolean hasKeys() {
        return values.find(AccessProperties.ACCESS_KEY_ID).isPresent()
                && values.find(AccessProperties.SECRET_ACCESS_KEY).isPresent();
    }

    /** Where its files pass through. */
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
        for (Property<?> property : MirrorProperties.ALL.all()) {
            String text = values.written(property)
                    .or(() -> values.writtenForAll(property))
                    .orElse(property.writtenDefault());
            if (!text.isEmpty()) {
                all.put(property.name(), text);
            }
        }
        return all;
    }

    /** For people: {@code mirror 'companies'}. */
    public String inWords() {
        return "mirror '" + name + "'";
    }
}
