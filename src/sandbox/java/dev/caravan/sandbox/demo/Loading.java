package dev.caravan.sandbox.demo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far the loading is: what Caravan's messages say, and what the cluster says. */
final class Loading {
    private final List<Sample> samples;
    private final Notifications notifications;
    private final Tables tables;

    Loading(List<Sample> samples, Notifications notifications, Tables tables) {
        this.samples = samples;
        this.notifications = notifications;
        this.tables = tables;
    }

    /** Asks again. It is over when every file is in a batch that ended, and the rows of the loaded ones can be seen, or some failed. */
    boolean isOver() {
        notifications.receive();
        boolean told = samples.stream()
                .allMatch(s -> notifications.files(s.feed()) >= s.files().size());
        return told && missing().isEmpty();
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
        return samples.stream().flatMap(s -> missing(s).stream()).collect(Collectors.joining("; "));
    }

    private Optional<String> missing(Sample sample) {
        int all = sample.files().size();
        int files = all - notifications.files(sample.feed());
        long rows = tables.count(sample.table());
        String inTable = "%s has %,d of %,d rows".formatted(sample.table(), rows, sample.rows());
        if (files > 0) {
            return Optional.of("feed %s: nothing was said about %d of its %d files, and %s"
                    .formatted(sample.feed(), files, all, inTable));
        }
        return rows >= sample.rows() || failed(sample).findAny().isPresent()
                ? Optional.empty()
                : Optional.of("feed %s: all files were said to be loaded, but %s".formatted(sample.feed(), inTable));
    }

    /** Why a feed is no success: failed batches, and rows that differ. */
    Stream<String> faults(Sample sample, RowCheck check) {
        return Stream.concat(
                failed(sample).map(batch -> "Batch " + batch.batch() + " failed: " + batch.error()),
                check.fault().stream());
    }

    private Stream<Notification> failed(Sample sample) {
        return notifications.batches(sample.feed()).stream().filter(batch -> !batch.loaded());
    }
}
