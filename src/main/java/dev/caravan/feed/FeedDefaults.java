package dev.caravan.feed;

import dev.caravan.base.property.Property;
import dev.caravan.feed.property.AccessProperties;
import dev.caravan.feed.property.ClusterProperties;
import dev.caravan.feed.property.MessageProperties;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a feed takes when it doesn't say otherwise, from {@code application.properties}. Each may be empty, and is written like the feed's
 * property of the same name.
 *
 * @param clusters {@code caravan.clusters}
 * @param iamRole {@code caravan.iam-role}
 * @param copyCredentials {@code caravan.copy-credentials}
 * @param manifestPrefix {@code caravan.manifest-prefix}
 * @param loadedTopic {@code caravan.loaded-topic}
 * @param failedTopic {@code caravan.failed-topic}
 * @param clusterSchema {@code caravan.cluster.schema}: no feed's property, but where none may load
 */
public record FeedDefaults(
        String clusters,
        String iamRole,
        String copyCredentials,
        String manifestPrefix,
        String loadedTopic,
        String failedTopic,
        String clusterSchema) {

    /** With Caravan's own tables where they are unless one says otherwise. */
    public FeedDefaults(
            String clusters,
            String iamRole,
            String copyCredentials,
            String manifestPrefix,
            String loadedTopic,
            String failedTopic) {
        this(clusters, iamRole, copyCredentials, manifestPrefix, loadedTopic, failedTopic, "caravan");
    }

    /** No defaults: every feed has to say everything. */
    public static final FeedDefaults NONE = new FeedDefaults("", "", "", "", "", "");

    /** What is written for each of the properties that a setting says for all feeds. */
    Map<Property<?>, String> values() {
        return Map.of(
                ClusterProperties.CLUSTERS, clusters,
                AccessProperties.IAM_ROLE, iamRole,
                AccessProperties.COPY_CREDENTIALS, copyCredentials,
                MessageProperties.MANIFEST_PREFIX, manifestPrefix,
                MessageProperties.LOADED_TOPIC, loadedTopic,
                MessageProperties.FAILED_TOPIC, failedTopic);
    }

    /** The same by the key of the setting, for beans of other kinds that have such a property. */
    public Map<String, String> bySetting() {
        Map<String, String> bySetting = new TreeMap<>();
        values().forEach((property, text) -> property.setting().ifPresent(key -> bySetting.put(key, text)));
        return bySetting;
    }
}
