package dev.caravan.feed.property;

import dev.caravan.base.property.PropertySet;

/** All properties of a feed, in the order in which a person thinks of them. */
public final class FeedProperties {
    public static final PropertySet ALL = PropertySet.of(
            "a feed",
            ObjectProperties.PREFIX,
            ObjectProperties.DISCARD,
            ObjectProperties.ON_MATCH,
            ObjectProperties.FILTER,
            ObjectProperties.KEY_PATTERN,
            TableProperties.TABLE,
            TableProperties.COLUMNS,
            FormatProperties.FORMAT,
            FormatProperties.COPY_OPTIONS,
            FormatProperties.MASTER_SYMMETRIC_KEY,
            AccessProperties.IAM_ROLE,
            AccessProperties.COPY_CREDENTIALS,
            AccessProperties.ACCESS_KEY_ID,
            AccessProperties.SECRET_ACCESS_KEY,
            ClusterProperties.CLUSTERS,
            ClusterProperties.CLUSTER_TABLES,
            ClusterProperties.ALLOWED_TABLES,
            BatchProperties.BATCH_SIZE,
            BatchProperties.BATCH_BYTES,
            BatchProperties.BATCH_TIMEOUT,
            BatchProperties.ON_BAD_FILE,
            BatchProperties.MAX_BAD_FILES,
            RowProperties.ON_OVERWRITE,
            RowProperties.WRITE_MODE,
            RowProperties.SCHEMA_EVOLUTION,
            RowProperties.KEYS,
            RowProperties.ORDER_BY,
            RowProperties.PRE_SQL,
            RowProperties.POST_SQL,
            RowProperties.FILE_COLUMN,
            RowProperties.LOADED_AT_COLUMN,
            MessageProperties.MANIFEST_PREFIX,
            MessageProperties.LOADED_TOPIC,
            MessageProperties.FAILED_TOPIC,
            MessageProperties.DESCRIPTION);

    private FeedProperties() {}
}
