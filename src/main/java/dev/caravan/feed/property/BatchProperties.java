package dev.caravan.feed.property;

import dev.caravan.base.property.Form;
import dev.caravan.base.property.Forms;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.Shape;
import dev.caravan.batch.BadFilePolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** When a batch of a feed is complete, and what becomes of its bad files. */
public final class BatchProperties {
    private static final String AUTO = "auto";
    private static final int MOST_FILES = 100_000;
    private static final int MOST_BAD_FILES = 1000;
    private static final int MOST_DAYS = 30;

    /** Files; empty for {@code auto}, a multiple of the clusters' slices, and the more, the longer COPY takes and the faster files arrive. */
    public static final Property<OptionalInt> BATCH_SIZE = Property.of(
                    "batchSize",
                    Form.of(
                                    "a whole number of files from 1 to " + MOST_FILES + ", for example 100, or " + AUTO,
                                    BatchProperties::size)
                            .shaped(Shape.number(1, MOST_FILES, AUTO)),
                    "files that make a batch complete, up to 100,000, or `auto`:"
                            + " [as many as suit the cluster](../explanation/batches.md#batches-of-the-right-size)")
            .byDefault("100");

    /** Bytes. */
    public static final Property<Long> BATCH_BYTES = Property.of(
                    "batchBytes", Forms.size(), "bytes that make a batch complete, for example `1GB`")
            .example("1GB")
            .meaning(Long.MAX_VALUE)
            .otherwise("no limit");

    public static final Property<Duration> BATCH_TIMEOUT = Property.of(
                    "batchTimeout", Forms.duration(MOST_DAYS), "how long a batch's first file waits at most")
            .byDefault("5m");

    public static final Property<BadFilePolicy> ON_BAD_FILE = Property.of(
                    "onBadFile",
                    Forms.word(BadFilePolicy.class),
                    "a file that a cluster can't read: `quarantine` it and load the rest of its batch, or `fail` the"
                            + " whole batch")
            .byDefault("quarantine");

    /** Files of one batch, for each cluster. */
    public static final Property<Integer> MAX_BAD_FILES = Property.of(
                    "maxBadFiles",
                    Forms.count("files", 1, MOST_BAD_FILES, "10"),
                    "files that one batch may lose to quarantine before it fails as a whole")
            .byDefault("10");

    private BatchProperties() {}

    private static Optional<OptionalInt> size(String text) {
        return text.equalsIgnoreCase(AUTO)
                ? Optional.of(OptionalInt.empty())
                : Forms.number(text, 1, MOST_FILES).map(OptionalInt::of);
    }
}
