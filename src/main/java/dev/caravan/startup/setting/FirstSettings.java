package dev.caravan.startup.setting;

import static dev.caravan.startup.setting.SettingForms.text;
import static dev.caravan.startup.setting.SettingForms.webAddress;

import dev.caravan.base.property.Property;
import dev.caravan.base.property.PropertySet;
import dev.caravan.feed.property.AccessProperties;
import dev.caravan.feed.property.ClusterProperties;
import dev.caravan.feed.property.MessageProperties;
import java.util.Optional;

/** Settings that nearly everybody has to consider, in the order of the shipped file. */
public final class FirstSettings {
    /** What the names of those begin with that only the bean of the shipped file's cluster reads. */
    public static final String OF_CLUSTER = "caravan.redshift.";

    private static final String NAME_OR_ARN = "a name or an ARN";
    private static final String NOWHERE = "–";

    public static final Property<String> QUEUE = Property.of(
                    "caravan.queue", text(NAME_OR_ARN), "the SQS queue of S3's events")
            .byDefault("caravan-events");

    public static final Property<String> DEAD_LETTER_QUEUE = Property.of(
                    "caravan.dead-letter-queue", text(NAME_OR_ARN), "where events are parked")
            .byDefault("caravan-events-dead");

    public static final Property<String> CLUSTERS =
            ofFeeds(ClusterProperties.CLUSTERS, "clusters of feeds that name none", "redshift");

    public static final Property<String> IAM_ROLE =
            ofFeeds(AccessProperties.IAM_ROLE, "COPY's role of feeds that name none", "default");

    public static final Property<String> COPY_CREDENTIALS = ofFeeds(
            AccessProperties.COPY_CREDENTIALS,
            "[with what COPY reads S3](clusters-and-credentials.md), for feeds that don't say: `role` or `session`",
            "role");

    public static final Property<String> MANIFEST_PREFIX =
            ofFeeds(MessageProperties.MANIFEST_PREFIX, "`bucket/prefix` for manifests", "caravan-manifests/manifests");

    public static final Property<String> LOADED_TOPIC =
            ofFeeds(MessageProperties.LOADED_TOPIC, "SNS topic for loaded batches; empty for none", "caravan-loaded");

    public static final Property<String> FAILED_TOPIC =
            ofFeeds(MessageProperties.FAILED_TOPIC, "SNS topic for failed batches; empty for none", "caravan-failed");

    public static final Property<Optional<String>> WEBHOOK_URL = Property.of(
                    "caravan.webhook-url", webAddress(), "where all messages are posted, too")
            .meaning(Optional.empty())
            .otherwise(NOWHERE);

    public static final Property<String> WEBHOOK_AUTHORIZATION = Property.of(
                    "caravan.webhook-authorization",
                    text("what the receiver wants, for example Bearer …"),
                    "the value of its `Authorization` header; set `CARAVAN_WEBHOOK_AUTHORIZATION` rather than write it here")
            .secret()
            .meaning("")
            .otherwise(NOWHERE);

    private static final Property<String> REDSHIFT_URL = Property.of(
                    OF_CLUSTER + "url", text("jdbc:redshift://host:port/database"), "address of the cluster `redshift`")
            .byDefault("jdbc:redshift://localhost:5439/dev");

    private static final Property<String> REDSHIFT_USER =
            Property.of(OF_CLUSTER + "user", text("a name"), "its user").byDefault("awsuser");

    private static final Property<String> REDSHIFT_PASSWORD = Property.of(
                    OF_CLUSTER + "password",
                    text("a secret"),
                    "that user's password; set `CARAVAN_REDSHIFT_PASSWORD` rather than write it here")
            .secret()
            .meaning("")
            .otherwise(NOWHERE);

    public static final PropertySet ALL = PropertySet.of(
            "Caravan",
            QUEUE,
            DEAD_LETTER_QUEUE,
            CLUSTERS,
            IAM_ROLE,
            COPY_CREDENTIALS,
            MANIFEST_PREFIX,
            LOADED_TOPIC,
            FAILED_TOPIC,
            WEBHOOK_URL,
            WEBHOOK_AUTHORIZATION,
            REDSHIFT_URL,
            REDSHIFT_USER,
            REDSHIFT_PASSWORD);

    private FirstSettings() {}

    /** What the shipped file says for all feeds; who takes its line out says nothing. Feeds read it, as they read their own property. */
    private static Property<String> ofFeeds(Property<?> property, String what, String shipped) {
        return Property.of(
                        property.setting().orElseThrow(), text(property.form().written()), what)
                .meaning("")
                .otherwise("`" + shipped + "`");
    }
}
