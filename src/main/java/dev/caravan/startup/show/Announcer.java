package dev.caravan.startup.show;

import dev.caravan.ledger.ClusterHolds.Hold;
import dev.caravan.redshift.admission.HoldListener;
import dev.caravan.tell.Announcement;
import dev.caravan.tell.ClusterMessage;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what happens to clusters to route {@code announce}, without keeping the load waiting that found it out. */
public final class Announcer implements HoldListener {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final ExecutorService executor;
    private final ProducerTemplate template;

    public Announcer(CamelContext context) {
        executor = context.getExecutorServiceManager().newSingleThreadExecutor(this, "CaravanAnnouncements");
        template = context.createProducerTemplate();
    }

    @Override
    public void held(Hold hold) {
        announce(ClusterMessage.held(hold));
    }

    @Override
    public void recovered(Hold hold, Instant ended) {
        announce(ClusterMessage.recovered(hold, ended));
    }

    private void announce(Announcement announcement) {
        try {
            executor.execute(() -> send(announcement));
        } catch (RejectedExecutionException e) {
            LOG.info("Stopping, message not sent: {}", announcement.subject());
        }
    }

    private void send(Announcement announcement) {
        try {
            template.sendBody("direct:announce", announcement);
        } catch (RuntimeException e) {
            LOG.warn("Message not sent: {}: {}", announcement.subject(), e.getMessage());
        }
    }
}
