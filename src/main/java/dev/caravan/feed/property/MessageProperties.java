package dev.caravan.feed.property;

import dev.caravan.base.property.Form;
import dev.caravan.base.property.Forms;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.Shape;
import dev.caravan.s3.event.S3Prefix;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a feed leaves and says to others: manifests, messages, what it is for. */
public final class MessageProperties {
    private static final Pattern TOPIC = Pattern.compile("(arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d+:)?[A-Za-z0-9_-]{1,256}");

    private static final int LONGEST_DESCRIPTION = 200;
    private static final Pattern DESCRIBED = Pattern.compile(".{1," + LONGEST_DESCRIPTION + "}");

    /** In no feed's own prefix. */
    public static final Property<S3Prefix> MANIFEST_PREFIX = Property.of(
                    "manifestPrefix",
                    Form.of("bucket/prefix, for example landing-manifests/caravan", S3Prefix::of),
                    "`bucket/prefix` for manifests")
            .example("landing-manifests/caravan")
            .forAll("caravan.manifest-prefix");

    public static final Property<String> LOADED_TOPIC = Property.of(
                    "loadedTopic", topic(), "SNS topic (name or ARN) that hears of loaded batches")
            .example("caravan-loaded")
            .forAll("caravan.loaded-topic");

    public static final Property<String> FAILED_TOPIC = Property.of(
                    "failedTopic", topic(), "SNS topic (name or ARN) that hears of failed batches")
            .example("caravan-failed")
            .forAll("caravan.failed-topic");

    public static final Property<String> DESCRIPTION = Property.of(
                    "description",
                    Form.of("one line of at most " + LONGEST_DESCRIPTION + " characters", Forms.matching(DESCRIBED))
                            .shaped(new Shape(List.of(), Optional.empty(), Optional.of("^" + DESCRIBED + "$"))),
                    "what it is for, or whom to ask, in up to " + LONGEST_DESCRIPTION
                            + " characters: `caravan describe` and Hawtio show it")
            .example("Clicks of the shop, from team Web")
            .meaning("");

    private MessageProperties() {}

    private static Form<String> topic() {
        return Form.of(
                "the name or ARN of a standard SNS topic; a FIFO topic (.fifo) takes no message without a group",
                Forms.matching(TOPIC));
    }
}
