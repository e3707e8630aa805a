package dev.caravan.sandbox.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.sandbox.parts.SafeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The topics and their subscriptions; given a folder, in one JSON file. Safe for use by several threads. */
final class SnsTopics {
    record Topic(String arn, Map<String, String> attributes) {}

    /**
     * @param token what confirms it
     * @param confirmed whether messages are sent to it
     */
    record Subscription(
            String arn,
            String topicArn,
            String protocol,
            String endpoint,
            Map<String, String> attributes,
            String token,
            boolean confirmed) {
        boolean raw() {
            return Boolean.parseBoolean(attributes.get("RawMessageDelivery"));
        }

        /** The same with one attribute set. */
        Subscription with(String name, String value) {
            Map<String, String> changed = new TreeMap<>(attributes);
            changed.put(name, value);
            return new Subscription(arn, topicArn, protocol, endpoint, changed, token, confirmed);
        }

        Subscription confirm() {
            return new Subscription(arn, topicArn, protocol, endpoint, attributes, token, true);
        }
    }

    private record Saved(List<Topic> topics, List<Subscription> subscriptions) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<Path> file;
    private final Map<String, Topic> topics = new TreeMap<>();
    private final Map<String, Subscription> subscriptions = new TreeMap<>();

    SnsTopics(Optional<Path> folder) throws IOException {
        file = folder.map(f -> f.resolve("topics.json"));
        if (file.isPresent() && Files.exists(file.get())) {
            Saved saved = JSON.readValue(Files.readString(file.get()), Saved.class);
            saved.topics().forEach(t -> topics.put(t.arn(), t));
            saved.subscriptions().forEach(s -> subscriptions.put(s.arn(), s));
        }
    }

    synchronized List<Topic> all() {
        return List.copyOf(topics.values());
    }

    synchronized Optional<Topic> find(String arn) {
        return Optional.ofNullable(topics.get(arn));
    }

    synchronized void put(Topic topic) {
        topics.put(topic.arn(), topic);
        save();
    }

    synchronized void remove(String arn) {
        topics.remove(arn);
        subscriptions.values().removeIf(s -> s.topicArn().equals(arn));
        save();
    }

    synchronized List<Subscription> subscriptions() {
        return List.copyOf(subscriptions.values());
    }

    List<Subscription> subscriptions(String topicArn) {
        return subscriptions().stream()
                .filter(s -> s.topicArn().equals(topicArn))
                .toList();
    }

    synchronized Optional<Subscription> findSubscription(String arn) {
        return Optional.ofNullable(subscriptions.get(arn));
    }

    synchronized void put(Subscription subscription) {
        subscriptions.put(subscription.arn(), subscription);
        save();
    }

    synchronized void removeSubscription(String arn) {
        subscriptions.remove(arn);
        save();
    }

    private void save() {
        file.ifPresent(f -> {
            try {
                SafeFile.write(
                        f,
                        JSON.writerWithDefaultPrettyPrinter()
                                .writeValueAsString(new Saved(all(), List.copyOf(subscriptions.values()))));
            } catch (IOException e) {
                throw new IllegalStateException("The topics can't be saved in " + f, e);
            }
        });
    }
}
