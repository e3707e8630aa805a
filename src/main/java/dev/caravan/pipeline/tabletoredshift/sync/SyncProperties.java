package dev.caravan.pipeline.tabletoredshift.sync;

import dev.caravan.base.property.PropertySet;
import dev.caravan.feed.property.AccessProperties;
import dev.caravan.feed.property.ClusterProperties;
import dev.caravan.feed.property.MessageProperties;

/** All properties of a sync, in the order in which a person thinks of them. */
public final class SyncProperties {
    public static final PropertySet ALL = PropertySet.of(
            "a sync",
            SourceProperties.SOURCE,
            SourceProperties.TABLES,
            SourceProperties.SELECT,
            SourceProperties.SCHEDULE,
            SourceProperties.TIME_ZONE,
            SourceProperties.MODE,
            SourceProperties.WATERMARK,
            SourceProperties.WATERMARK_ZONE,
            SourceProperties.OVERLAP,
            SourceProperties.FULL_EVERY,
            SourceProperties.DELETES,
            SourceProperties.WHERE,
            SourceProperties.COLUMNS,
            SourceProperties.SNAPSHOT,
            SourceProperties.MAX_SNAPSHOT,
            PaceProperties.MAX_RATE,
            PaceProperties.STOP_ABOVE,
            PaceProperties.PARALLEL,
            TargetProperties.TARGET_SCHEMA,
            TargetProperties.TABLE,
            TargetProperties.WRITE_MODE,
            TargetProperties.KEYS,
            TargetProperties.CREATE_TABLE,
            TargetProperties.SCHEMA_EVOLUTION,
            TargetProperties.DIST_KEY,
            TargetProperties.SORT_KEY,
            TargetProperties.MAX_DELETES,
            ValueProperties.ZERO_DATES,
            ValueProperties.EMPTY_BYTES,
            ValueProperties.TOO_LONG,
            ValueProperties.OUT_OF_RANGE,
            ValueProperties.NUL_CHARACTERS,
            ValueProperties.TINYINT1,
            ValueProperties.JSON,
            ClusterProperties.CLUSTERS,
            AccessProperties.IAM_ROLE,
            AccessProperties.COPY_CREDENTIALS,
            AccessProperties.ACCESS_KEY_ID,
            AccessProperties.SECRET_ACCESS_KEY,
            MessageProperties.MANIFEST_PREFIX,
            MessageProperties.LOADED_TOPIC,
            MessageProperties.FAILED_TOPIC,
            MessageProperties.DESCRIPTION);

    private SyncProperties() {}
}
