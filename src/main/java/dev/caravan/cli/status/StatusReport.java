package dev.caravan.cli.status;

import dev.caravan.base.Quantity;
import dev.caravan.cli.feeds.FeedState;
import dev.caravan.cli.queue.QueueDepth;
import dev.caravan.cli.shell.Page;
import dev.caravan.cli.shell.Table;
import dev.caravan.ledger.notes.UnmatchedObjects.Unmatched;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How everything stands.
 *
 * @param at when
 * @param quarantined files that a cluster refused
 * @param instances those that run
 * @param lastInstance when the last one was seen, if none runs; absent if none was in the last week
 * @param unmatched objects of the last week that no feed wants, by bucket
 * @param noLoadsUntil the end of the planned time without loads that is on; absent if none is
 */
record StatusReport(
        Instant at,
        List<FeedState> feeds,
        List<ClusterState> clusters,
        QueueDepth queue,
        QueueDepth deadLetterQueue,
        QuarantinedState quarantined,
        List<InstanceState> instances,
        @Nullable Instant lastInstance,
        List<Unmatched> unmatched,
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
        page.gap().fact("Instances", InstanceState.inWords(instances, lastInstance, at));
        page.fact("Quarantined", quarantined.inWords());
        unmatched.forEach(bucket -> page.fact("Unmatched", inWords(bucket)));
        return page.fact("Queue", queue.inWords())
                .fact("Dead letters", deadLetterQueue.inWords())
                .fact(
                        "No loads",
                        noLoadsUntil == null
                                ? ""
                                : "until " + Page.time(noLoadsUntil) + ", as planned by caravan.no-load-windows")
                .fact("At", Page.time(at))
                .toString();
    }

    private String inWords(Unmatched of) {
        return (of.exact() ? "" : "about ")
                + Quantity.count(of.objects(), "object") + " of bucket " + of.bucket() + " that no feed wants since "
                + Page.time(of.since()) + ", the last " + Page.age(of.at(), at) + " ago: " + of.last();
    }
}
