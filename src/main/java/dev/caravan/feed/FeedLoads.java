package dev.caravan.feed;

import dev.caravan.base.property.Values;
import dev.caravan.batch.BadFilePolicy;
import dev.caravan.batch.LoadSettings;
import dev.caravan.batch.OverwritePolicy;
import dev.caravan.feed.property.AccessProperties;
import dev.caravan.feed.property.BatchProperties;
import dev.caravan.feed.property.ClusterProperties;
import dev.caravan.feed.property.FormatProperties;
import dev.caravan.feed.property.MessageProperties;
import dev.caravan.feed.property.RowProperties;
import dev.caravan.feed.property.TableProperties;
import dev.caravan.redshift.target.CopyCredentials;
import dev.caravan.redshift.target.CopyFormat;
import dev.caravan.redshift.target.SchemaEvolution;
import dev.caravan.redshift.target.Target;
import dev.caravan.redshift.target.WriteMode;
import dev.caravan.s3.event.S3Prefix;
import java.util.List;
import java.util.Optional;

/** How a feed's batches are loaded: the part of a {@link Feed} that every load asks, whatever its objects are. */
abstract class FeedLoads implements LoadSettings, Target {
    private final Values values;

    FeedLoads(Values values) {
        this.values = values;
    }

    final Values values() {
        return values;
    }

    @Override
    public List<String> columns() {
        return values.get(TableProperties.COLUMNS);
    }

    @Override
    public CopyFormat format() {
        return values.get(FormatProperties.FORMAT);
    }

    @Override
    public String copyOptions() {
        return values.get(FormatProperties.COPY_OPTIONS);
    }

    @Override
    public Optional<String> masterSymmetricKey() {
        return values.find(FormatProperties.MASTER_SYMMETRIC_KEY);
    }

    @Override
    public Optional<String> iamRole() {
        return values.find(AccessProperties.IAM_ROLE);
    }

    @Override
    public CopyCredentials copyCredentials() {
        return values.get(AccessProperties.COPY_CREDENTIALS);
    }

    @Override
    public Optional<String> accessKeyId() {
        return values.find(AccessProperties.ACCESS_KEY_ID);
    }

    @Override
    public Optional<String> secretAccessKey() {
        return values.find(AccessProperties.SECRET_ACCESS_KEY);
    }

    @Override
    public List<String> clusters() {
        return values.get(ClusterProperties.CLUSTERS);
    }

    @Override
    public BadFilePolicy onBadFile() {
        return values.get(BatchProperties.ON_BAD_FILE);
    }

    @Override
    public int maxBadFiles() {
        return values.get(BatchProperties.MAX_BAD_FILES);
    }

    @Override
    public OverwritePolicy onOverwrite() {
        return values.get(RowProperties.ON_OVERWRITE);
    }

    @Override
    public WriteMode writeMode() {
        return values.get(RowProperties.WRITE_MODE);
    }

    @Override
    public SchemaEvolution schemaEvolution() {
        return values.get(RowProperties.SCHEMA_EVOLUTION);
    }

    @Override
    public List<String> keys() {
        return values.get(RowProperties.KEYS);
    }

    @Override
    public List<String> orderBy() {
        return values.get(RowProperties.ORDER_BY);
    }

    @Override
    public String preSql() {
        return values.get(RowProperties.PRE_SQL);
    }

    @Override
    public String postSql() {
        return values.get(RowProperties.POST_SQL);
    }

    @Override
    public Optional<String> fileColumn() {
        return values.find(RowProperties.FILE_COLUMN);
    }

    @Override
    public Optional<String> loadedAtColumn() {
        return values.find(RowProperties.LOADED_AT_COLUMN);
    }

    @Override
    public Optional<S3Prefix> manifestPrefix() {
        return values.find(MessageProperties.MANIFEST_PREFIX);
    }

    @Override
    public Optional<String> loadedTopic() {
        return values.find(MessageProperties.LOADED_TOPIC);
    }

    @Override
    public Optional<String> failedTopic() {
        return values.find(MessageProperties.FAILED_TOPIC);
    }
}
