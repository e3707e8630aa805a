package dev.caravan.operate.setup;

import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.s3.event.S3Prefix;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the beans of {@code routes/} name in AWS and in clusters, each once.
 *
 * @param syncs of tables
 * @param mirrors of tables
 */
public record Beans(Feeds feeds, Collection<TableSync> syncs, Collection<TableMirror> mirrors) {

    Set<String> loadedTopics() {
        return each(Feed::loadedTopic, TableSync::loadedTopic, TableMirror::loadedTopic)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> failedTopics() {
        return each(Feed::failedTopic, TableSync::failedTopic, TableMirror::failedTopic)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> topics() {
        Set<String> topics = new TreeSet<>(loadedTopics());
        topics.addAll(failedTopics());
        return topics;
    }

    /** Where manifests, parts and differences pass through. */
    Set<S3Prefix> manifests() {
        return each(Feed::manifestPrefix, TableSync::manifestPrefix, TableMirror::manifestPrefix)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Set<String> manifestBuckets() {
        return manifests().stream().map(S3Prefix::bucket).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where files land. */
    Set<String> landing() {
        return feeds.all().stream()
                .map(Feed::bucket)
                .filter(bucket -> !bucket.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> clusters() {
        return Stream.of(
                        feeds.all().stream().flatMap(feed -> feed.clusters().stream()),
                        syncs.stream().flatMap(sync -> sync.clusters().stream()),
                        mirrors.stream().map(TableMirror::source))
                .flatMap(names -> names)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private <T> Stream<T> each(
            Function<Feed, Optional<T>> ofFeed,
            Function<TableSync, Optional<T>> ofSync,
            Function<TableMirror, Optional<T>> ofMirror) {
        return Stream.of(
                        feeds.all().stream().map(ofFeed),
                        syncs.stream().map(ofSync),
                        mirrors.stream().map(ofMirror))
                .flatMap(found -> found)
                .flatMap(Optional::stream);
    }
}
