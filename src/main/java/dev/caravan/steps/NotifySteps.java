package dev.caravan.steps;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStrategy;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.Stage;
import dev.caravan.feed.Feed;
import dev.caravan.feed.FeedDefaults;
import dev.caravan.ledger.Ledger;
import dev.caravan.manifest.QuarantineOfBatch;
import dev.caravan.message.OutcomeMessage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Steps of route {@code notify}: a batch whose outcomes are all in the ledger becomes a message. */
public final class NotifySteps {
    private final Ledger ledger;
    private final FeedDefaults defaults;
    private final Clock clock;

    public NotifySteps(Ledger ledger, FeedDefaults defaults, Clock clock) {
        this.ledger = ledger;
        this.defaults = defaults;
        this.clock = clock;
    }

    /**
     * Notes that stage {@code notify} begins, unless the last outcome has. The message as the body; its subject as a header, and what it is and how severe; its topic, if there is one, as property
     * {@code topic}. A batch that is loaded without quarantined files, or of which rows were skipped, is told to the failed topic as well: property {@code failedTopic}.
     */
    public String message(Exchange exchange) {
        Batch settled = LoadSteps.batchOf(exchange);
        Batch reached = settled.stage() == Stage.NOTIFY ? settled : ledger.reach(settled, Stage.NOTIFY);
        exchange.setProperty(LoadSteps.BATCH, reached);
        Batch batch = reached.ended();
        Feed feed = exchange.getProperty(BatchStrategy.FEED, new Feed(), Feed.class);
        QuarantineOfBatch aside = new QuarantineOfBatch(ledger.quarantined(batch));
        List<QuarantinedFile> quarantined = aside.missingFrom(batch);
        List<QuarantinedFile> leftOut = new ArrayList<>(quarantined);
        leftOut.addAll(aside.supersededIn(batch));
        topic(feed, batch.isLoaded()).ifPresent(topic -> exchange.setProperty("topic", topic));
        if (batch.isLoaded() && (!quarantined.isEmpty() || batch.skipsRows())) {
            topic(feed, false).ifPresent(topic -> exchange.setProperty("failedTopic", topic));
        }
        String lastKey =
                exchange.getProperty(LoadSteps.LAST_FILE, "", String.class).replaceFirst("^s3://[^/]*/", "");
        return TellSteps.prepare(OutcomeMessage.of(feed, batch, leftOut, lastKey, clock.instant()), exchange);
    }

    private Optional<String> topic(Feed feed, boolean loaded) {
        Optional<String> own = loaded ? feed.loadedTopic() : feed.failedTopic();
        String shared = loaded ? defaults.loadedTopic() : defaults.failedTopic();
        return own.or(() -> Optional.of(shared)).filter(topic -> !topic.isEmpty());
    }
}
