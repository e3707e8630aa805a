package dev.caravan.sandbox.chaos.check;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.chaos.check.Finding.Kind;
import java.util.ArrayList;
import java.util.List;

/** What hasn't come to its end: live batches, ended ones that nobody was told of, events in queues. */
public final class StuckCheck {
    private StuckCheck() {}

    public static List<Finding> findings(LedgerSnapshot ledger, Told told, Queues queues, Landing landing) {
        List<Finding> findings = new ArrayList<>();
        for (LedgerBatch batch : ledger.batches()) {
            if (batch.isLive()) {
                findings.add(new Finding(Kind.STUCK, batch.id(), "with " + batch.files() + " files: " + batch));
            } else if (!told.about(batch.id())) {
                findings.add(new Finding(Kind.STUCK, batch.id(), "has ended, but no message tells of it: " + batch));
            }
        }
        events(findings, landing.queueName(), queues.events());
        events(findings, landing.deadLetterQueueName(), queues.deadEvents());
        return findings;
    }

    private static void events(List<Finding> findings, String queue, int count) {
        for (int i = 0; i < count; i++) {
            findings.add(new Finding(Kind.STUCK, "event in " + queue, "(%d of %d)".formatted(i + 1, count)));
        }
    }
}
