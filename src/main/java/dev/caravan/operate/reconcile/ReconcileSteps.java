package dev.caravan.operate.reconcile;

import dev.caravan.base.Quantity;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.notes.PlannedTurns;
import dev.caravan.operate.reconcile.Difference.Kind;
import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.tell.Announcement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of route {@code reconcile}: one feed after the other. */
public final class ReconcileSteps {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileSteps.class);
    private static final String FEED = "reconciled";

    private final Feeds feeds;
    private final Comparison comparison;
    private final Duration length;
    private final PlannedTurns turns;
    private final DifferenceGauges gauges;
    private final Clock clock;

    /** @param length how far back to look */
    public ReconcileSteps(
            Feeds feeds,
            Comparison comparison,
            Duration length,
            PlannedTurns turns,
            DifferenceGauges gauges,
            Clock clock) {
        this.feeds = feeds;
        this.comparison = comparison;
        this.length = length;
        this.turns = turns;
        this.gauges = gauges;
        this.clock = clock;
    }

    /** Compares S3, the ledger and the clusters on a feed. */
    public interface Comparison {
        /** @param proceed asked after each file; throws if it is to end */
        void run(Feed feed, Instant since, Instant now, Differences found, Runnable proceed);
    }

    /** What was found. */
    record Found(Feed feed, Differences differences, Instant since, Instant at) {}

    /** The feeds whose turn at the planned time this instance is the first to take. */
    public List<Feed> feeds(Exchange exchange) {
        Instant planned =
                exchange.getMessage().getHeader("scheduledFireTime", Date.class).toInstant();
        List<Feed> mine = new ArrayList<>();
        for (Feed feed : feeds.all()) {
            if (turns.take("reconciliation of feed " + feed.name(), planned)) {
                mine.add(feed);
            } else {
                gauges.forget(feed.name());
            }
        }
        return mine;
    }

    /** Compares one. */
    public Found compare(Feed feed, Exchange exchange) {
        exchange.setProperty(FEED, feed.name());
        Instant now = clock.instant();
        Found found = new Found(feed, new Differences(DifferencesMessage.MOST), now.minus(length), now);
        comparison.run(feed, found.since(), now, found.differences(), () -> {
            if (exchange.getContext().isStopping()) {
                throw new IllegalStateException("this instance stops");
            }
        });
        gauges.found(feed.name(), found.differences().counts());
        if (found.differences().counts().isEmpty()) {
            LOG.info("S3, the ledger and the clusters agree on the last {} of feed {}", lengthInWords(), feed.name());
        } else {
            LOG.warn(
                    "S3, the ledger and the clusters differ on the last {} of feed {}: {}. caravan reconcile {} lists them",
                    lengthInWords(),
                    feed.name(),
                    found.differences().inWords(),
                    feed.name());
        }
        return found;
    }

    /** Whether anything is among it of which nobody was told when it happened. */
    public boolean isNews(Found found) {
        return found.differences().counts().keySet().stream().anyMatch(Kind::isNews);
    }

    /** What was found, as a message. */
    public Announcement announcement(Found found) {
        return DifferencesMessage.of(found.feed().name(), found.differences(), found.since(), found.at());
    }

    /** Says why a feed isn't compared; the next one is all the same. */
    public void failed(Exchange exchange) {
        Throwable caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        LOG.warn(
                "Feed {} is not reconciled: {}. It is tried again at the next planned time",
                exchange.getProperty(FEED, String.class),
                CopyFailure.of(caught).problem());
    }

    private String lengthInWords() {
        return Quantity.inWords(length);
    }
}
