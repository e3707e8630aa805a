package dev.caravan.operate.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.NotificationConfigurationFilter;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

class NotificationsTest {
    private static final String QUEUE = "arn:aws:sqs:eu-west-1:1:q", TOPIC = "arn:aws:sns:eu-west-1:1:t";

    @Test
    void anEntryCoversWhatItTellsOfAltogether() {
        Notifications told = Notifications.of(GetBucketNotificationConfigurationResponse.builder()
                .queueConfigurations(
                        queue("web", Event.S3_OBJECT_CREATED, "in/web/"),
                        queue("put", Event.S3_OBJECT_CREATED_PUT, "put/"),
                        queue("gone", Event.S3_OBJECT_REMOVED, "gone/"))
                .topicConfigurations(TopicConfiguration.builder()
                        .id("t")
                        .topicArn(TOPIC)
                        .events(Event.S3_OBJECT_CREATED)
                        .filter(prefix("shared/"))
                        .build())
                .build());
        assertThat(told.telling(QUEUE, "in/web/2026/")).isPresent();
        assertThat(told.telling(QUEUE, "in/")).isEmpty();
        assertThat(told.telling(TOPIC, "in/web/")).isEmpty();
        assertThat(told.telling(QUEUE, "put/")).isEmpty();
        assertThat(told.telling(QUEUE, "gone/")).isEmpty();
        assertThat(told.topics("shared/a/")).hasSize(1);
        assertThat(told.overlapping("in/")).extracting(Notifications.Entry::id).containsExactly("web");
        assertThat(told.overlapping("gone/")).isEmpty();
        assertThat(told.eventBridge()).isFalse();
    }

    @Test
    void ofPrefixesTheWidestAreConfigured() {
        assertThat(Notifications.widest(List.of("in/web/", "in/", "out/", "in/shop/")))
                .containsExactly("in/", "out/");
        assertThat(Notifications.widest(List.of("a", ""))).containsExactly("");
    }

    @Test
    void filtersAreComparedDecoded_andWhatIsNotEncodedTellsOfNothing() {
        Notifications told = Notifications.of(GetBucketNotificationConfigurationResponse.builder()
                .queueConfigurations(
                        queue("encoded", Event.S3_OBJECT_CREATED, "in/dt%3D"),
                        queue("plain", Event.S3_OBJECT_CREATED, "out/dt="))
                .build());
        assertThat(told.telling(QUEUE, "in/dt=2026/")).isPresent();
        assertThat(told.telling(QUEUE, "out/dt=2026/")).isEmpty();
        assertThat(told.overlapping("out/dt=2026/"))
                .extracting(Notifications.Entry::id)
                .containsExactly("plain");
    }

    @Test
    void ofTooManyPrefixesFoldersAreConfigured() {
        List<String> many =
                IntStream.range(0, 1_000).mapToObj(i -> "in/feed-" + i + "/").toList();
        assertThat(Notifications.fitting(many, 100)).containsExactly("in/");
        List<String> some =
                Stream.concat(many.stream(), Stream.of("out/a/", "b")).toList();
        assertThat(Notifications.fitting(some, 100)).containsExactly("b", "in/", "out/");
        assertThat(Notifications.fitting(List.of("in/a/", "in/b/"), 100)).containsExactly("in/a/", "in/b/");
        assertThat(Notifications.fitting(List.of("a", "b", "c"), 2)).containsExactly("");
    }

    private static QueueConfiguration queue(String id, Event event, String prefix) {
        return QueueConfiguration.builder()
                .id(id)
                .queueArn(QUEUE)
                .events(event)
                .filter(prefix(prefix))
                .build();
    }

    private static NotificationConfigurationFilter prefix(String prefix) {
        FilterRule rule = FilterRule.builder().name("Prefix").value(prefix).build();
        return NotificationConfigurationFilter.builder()
                .key(key -> key.filterRules(rule))
                .build();
    }
}
