package dev.caravan.sandbox.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.Collectors;

/** What the demo tells at its end. */
final class Report {
    private static final String LINE = "%-10s %6s %8s %17s %14s   %s%n";

    private Report() {}

    /**
     * A line for each feed, then SNS's messages.
     *
     * @param checks by feed
     * @param uploads when each feed's first file was uploaded
     */
    static String of(
            List<Sample> samples,
            Map<String, RowCheck> checks,
            Map<String, Instant> uploads,
            Notifications notifications) {
        return table(samples, checks, uploads, notifications) + messages(notifications.received());
    }

    private static String table(
            List<Sample> samples,
            Map<String, RowCheck> checks,
            Map<String, Instant> uploads,
            Notifications notifications) {
        StringBuilder text = new StringBuilder(LINE.formatted(
                "feed", "files", "batches", "rows in Redshift", "rows uploaded", "seconds to loaded (first to last)"));
        for (Sample sample : samples) {
            RowCheck check = checks.get(sample.feed());
            if (check != null) {
                text.append(LINE.formatted(
                        sample.feed(),
                        sample.files().size(),
                        notifications.batches(sample.feed()).size(),
                        "%,d".formatted(check.inTable()),
                        "%,d".formatted(check.uploaded()),
                        seconds(uploads.getOrDefault(sample.feed(), Instant.MAX), notifications, sample)));
            }
        }
        return text.toString();
    }

    private static String seconds(Instant uploaded, Notifications notifications, Sample sample) {
        LongSummaryStatistics millis = notifications.batches(sample.feed()).stream()
                .filter(Notification::loaded)
                .mapToLong(batch -> Duration.between(uploaded, batch.ended()).toMillis())
                .summaryStatistics();
        return millis.getCount() == 0
                ? "-"
                : String.format(Locale.ROOT, "%.1f to %.1f", millis.getMin() / 1e3, millis.getMax() / 1e3);
    }

    private static String messages(List<Notification> received) {
        return received.stream()
                .map(n -> "  " + n.subject() + "\n")
                .collect(Collectors.joining("", "\n%d messages from SNS:%n".formatted(received.size()), ""));
    }
}
