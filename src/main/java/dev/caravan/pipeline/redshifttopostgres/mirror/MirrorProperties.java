package dev.caravan.pipeline.redshifttopostgres.mirror;

import dev.caravan.base.property.PropertySet;
import dev.caravan.feed.property.AccessProperties;
import dev.caravan.feed.property.MessageProperties;

/** All properties of a mirror, in the order in which a person thinks of them. */
public final class MirrorProperties {
    public static final PropertySet ALL = PropertySet.of(
            "a mirror",
            FromProperties.SOURCE,
            FromProperties.TABLE,
            FromProperties.QUERY,
            FromProperties.KEYS,
            ToProperties.TARGET,
            ToProperties.TARGET_TABLE,
            FromProperties.COLUMNS,
            FromProperties.SCHEDULE,
            FromProperties.TIME_ZONE,
            ToProperties.ON_COLUMN_CHANGE,
            ToProperties.MAX_DELETES,
            ToProperties.MAX_CHANGES,
            ToProperties.FIRST_LOAD,
            ToProperties.APPLY_CHUNK,
            ToProperties.FOREIGN_ROWS,
            ToProperties.UNKNOWN_ROWS,
            ToProperties.KEEP_SNAPSHOTS,
            AccessProperties.IAM_ROLE,
            AccessProperties.COPY_CREDENTIALS,
            AccessProperties.ACCESS_KEY_ID,
            AccessProperties.SECRET_ACCESS_KEY,
            MessageProperties.MANIFEST_PREFIX,
            MessageProperties.LOADED_TOPIC,
            MessageProperties.FAILED_TOPIC,
            MessageProperties.DESCRIPTION);

    private MirrorProperties() {}
}
