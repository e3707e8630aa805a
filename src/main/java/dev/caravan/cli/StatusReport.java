package dev.caravan.cli;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How everything stands.
 *
 * @param at when
 * @param noLoadsUntil the end of the planned time without loads that is on; absent if none is
 */
record StatusReport(
        Instant at,
        List<FeedState> feeds,
        List<ClusterState> clusters,
        QueueDepth queue,
        QueueDepth deadLetterQueue,
        @Nullable Instant noLoadsUntil) {

    /** @param caveat what a person should know of the numbers; may be empty */
    String inWords(String caveat) {
        Page page = new Page();
        new Table(FeedState.COLUMNS, feeds.stream().map(feed -> feed.row(at)).toList())
                .lines()
                .forEach(page::line);
        if (!caveat.isEmpty()) {
            page.line(caveat);
        }
        page.gap();
        new Table(
                        List.of("CLUSTER", "STATUS", "FOR", "NEXT TRY", "WHY"),
                        clusters.stream().map(cluster -> cluster.row(at)).toList())
                .lines()
                .forEach(page::line);
        return page.gap()
                .fact("Queue", queue.inWords())
                .fact("Dead letters", deadLetterQueue.inWords())
                .fact(
                        "No loads",
                        noLoadsUntil == null
                                ? ""
                                : "until " + Page.time(noLoadsUntil) + ", as planned by caravan.no-load-windows")
                .fact("At", Page.time(at))
                .toString();
    }
}
