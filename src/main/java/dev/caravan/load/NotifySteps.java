package dev.caravan.load;

import dev.caravan.batch.Batch;
import dev.caravan.batch.ExchangeProperties;
import dev.caravan.batch.LoadSettings;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.Stage;
import dev.caravan.ledger.Ledger;
import dev.caravan.load.manifest.QuarantineOfBatch;
import dev.caravan.tell.OutcomeMessage;
import dev.caravan.tell.TellSteps;
import dev.caravan.tell.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Steps of route {@code notify}: a batch whose outcomes are all in the ledger becomes a message. */
public final class NotifySteps {
    private final Ledger ledger;
    private final Topics shared;
    private final Clock clock;

    public NotifySteps(Ledger ledger, Topics shared, Clock clock) {
        this.ledger = ledger;
        this.shared = shared;
        this.clock = clock;
    }

    /**
     * Notes that stage {@code notify} begins, unless the last outcome has. The message as the body; its subject as a header, and what it is and how severe; its topic, if there is one, as property
     * {@code topic}. A batch that is loaded without quarantined files, or of which rows were skipped, is told to the failed topic as well: property {@code failedTopic}.
     */
    public String message(Exchange exchange) {
        Batch settled = Attempt.batchOf(exchange);
        Batch reached = settled.stage() == Stage.NOTIFY ? settled : ledger.reach(settled, Stage.NOTIFY);
        exchange.setProperty(ExchangeProperties.BATCH, reached);
        Batch batch = reached.ended();
        Optional<LoadSettings> settings =
                Optional.ofNullable(exchange.getProperty(ExchangeProperties.FEED, LoadSettings.class));
        QuarantineOfBatch aside = new QuarantineOfBatch(ledger.quarantined(batch));
        List<QuarantinedFile> quarantined = aside.missingFrom(batch);
        List<QuarantinedFile> leftOut = new ArrayList<>(quarantined);
        leftOut.addAll(aside.supersededIn(batch));
        topic(settings, batch.isLoaded()).ifPresent(topic -> exchange.setProperty(ExchangeProperties.TOPIC, topic));
        if (batch.isLoaded() && (!quarantined.isEmpty() || batch.skipsRows())) {
            topic(settings, false).ifPresent(topic -> exchange.setProperty(ExchangeProperties.FAILED_TOPIC, topic));
        }
        String lastKey = exchange.getProperty(ExchangeProperties.LAST_FILE, "", String.class)
                .replaceFirst("^s3://[^/]*/", "");
        return TellSteps.prepare(OutcomeMessage.of(settings, batch, leftOut, lastKey, clock.instant()), exchange);
    }

    private Optional<String> topic(Optional<LoadSettings> settings, boolean loaded) {
        return settings.flatMap(of -> loaded ? of.loadedTopic() : of.failedTopic())
                .or(() -> Optional.of(loaded ? shared.loaded() : shared.failed()))
                .filter(topic -> !topic.isEmpty());
    }
}
