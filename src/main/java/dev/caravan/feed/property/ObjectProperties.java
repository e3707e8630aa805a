package dev.caravan.feed.property;

import dev.caravan.base.property.Form;
import dev.caravan.base.property.Forms;
import dev.caravan.base.property.Property;
import dev.caravan.feed.capture.KeyPattern;
import dev.caravan.feed.capture.ObjectPrefix;
import java.util.regex.Pattern;

/** Which objects a feed takes. */
public final class ObjectProperties {
    /** The longest prefix wins, {@code *} not counted. */
    public static final Property<ObjectPrefix> PREFIX = Property.of(
                    "prefix",
                    Form.of("bucket/prefix, for example landing/web/", ObjectPrefix::of),
                    "`bucket/prefix` of the objects; `*` in it stands for any characters but `/`;"
                            + " [the longest matching prefix wins](../how-to/say-which-feed-takes-a-file.md)")
            .example("landing/web/")
            .needed();

    public static final Property<Boolean> DISCARD = Property.of(
                    "discard",
                    Forms.flag(),
                    "`true`: what the feed takes is ignored; nothing but `prefix` and `filter` counts then")
            .byDefault("false");

    /** The next feed is the one with the next shorter prefix, or of the same prefix the one whose name is next. */
    public static final Property<MatchPolicy> ON_MATCH = Property.of(
                    "onMatch",
                    Forms.word(MatchPolicy.class),
                    "a file that this feed takes: `stop`, or `continue` with the next feed that wants it")
            .byDefault("stop");

    public static final Property<Pattern> FILTER = Property.of(
                    "filter",
                    Forms.regex(".*\\.gz", Forms::pattern),
                    "regular expression that the file name, after the last `/`, must match as a whole")
            .example(".*\\.gz")
            .byDefault(".*", Pattern.compile(".*", Pattern.DOTALL))
            .otherwise("every file");

    /** Files for which what refers to its groups differs are in batches of their own. */
    public static final Property<KeyPattern> KEY_PATTERN = Property.of(
                    "keyPattern",
                    Forms.regex("logs/(?<day>[^/]+)/.*\\.gz", KeyPattern::of),
                    "regular expression that the whole key must match;"
                            + " [its groups](../how-to/load-several-tables-by-one-feed.md) may stand in `table`,"
                            + " `clusterTables`, `format` and `copyOptions`")
            .example("logs/(?<day>[^/]+)/.*\\.gz")
            .otherwise("every key");

    private ObjectProperties() {}
}
