package dev.caravan.sandbox.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far the loading is: what Caravan's messages say, and what the cluster says. */
final class Loading {
    private final List<Sample> samples;
    private final Notifications notifications;
    private final Tables tables;
    private final Map<String, Long> rows = new HashMap<>();

    Loading(List<Sample> samples, Notifications notifications, Tables tables) {
        this.samples = samples;
        this.notifications = notifications;
        this.tables = tables;
    }

    /** Asks again. It is over when every file is in a batch that ended, and the rows of the loaded ones can be seen, or some failed. */
    boolean isOver() {
        notifications.receive();
        samples.forEach(sample -> rows.put(sample.feed(), tables.count(sample.table())));
        return missing().isEmpty();
    }

    /** For example {@code Loaded: flights 20 of 34 files, quakes 0 of 35 files}. */
    String soFar() {
        return samples.stream()
                .map(s -> "%s %d of %d files"
                        .formatted(
                                s.feed(),
                                notifications.files(s.feed()),
                                s.files().size()))
                .collect(Collectors.joining(", ", "Loaded: ", ""));
    }

    /** What there is still to wait for, in words; empty if nothing. */
    String missing() {
        List<String> missing = new ArrayList<>();
        for (Sample sample : samples) {
            int files = sample.files().size() - notifications.files(sample.feed());
            long absent = sample.rows() - rows.getOrDefault(sample.feed(), 0L);
            if (files > 0) {
                missing.add("feed %s lacks a message about %d of its %d files, and %s has %,d of %,d rows"
                        .formatted(
                                sample.feed(),
                                files,
                                sample.files().size(),
                                sample.table(),
                                sample.rows() - absent,
                                sample.rows()));
            } else if (absent > 0 && !anyFailed(sample)) {
                missing.add("all files of feed %s were said to be loaded, but %s has %,d of %,d rows"
                        .formatted(sample.feed(), sample.table(), sample.rows() - absent, sample.rows()));
            }
        }
        return String.join("; ", missing);
    }

    /** Why a feed is no success: failed batches, and rows that differ. */
    Stream<String> faults(Sample sample, Map<String, RowCheck> checks) {
        Stream<String> failed = notifications.batches(sample.feed()).stream()
                .filter(batch -> !batch.loaded())
                .map(batch -> "Batch " + batch.batch() + " failed: " + batch.error());
        return Stream.concat(
                failed, Optional.ofNullable(checks.get(sample.feed())).stream().flatMap(c -> c.fault().stream()));
    }

    private boolean anyFailed(Sample sample) {
        return notifications.batches(sample.feed()).stream().anyMatch(batch -> !batch.loaded());
    }
}
