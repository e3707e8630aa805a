package dev.caravan.batch;

import dev.caravan.base.Nearest;
import dev.caravan.outcome.Outcome;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What it means to reprocess a batch, as it stands and as its feed is configured.
 *
 * @param again the clusters whose failed outcome is forgotten
 * @param into the clusters that it is loaded into then
 * @param stays the clusters that refused it and are not tried again
 * @param hindrance why it can't be reprocessed, a sentence; empty if it can
 */
public record Reprocessing(List<String> again, List<String> into, List<String> stays, Optional<String> hindrance) {

    /**
     * @param feedClusters the clusters of its feed
     * @param named the one cluster whose failure is to be forgotten; empty for all of them
     */
    public static Reprocessing of(Batch batch, List<String> feedClusters, Optional<String> named) {
        List<String> failed = batch.refusals();
        List<String> again = failed.stream()
                .filter(cluster -> named.map(cluster::equals).orElse(true))
                .toList();
        List<String> stays =
                failed.stream().filter(cluster -> !again.contains(cluster)).toList();
        List<String> into = feedClusters.stream()
                .filter(cluster -> batch.only().isEmpty() || batch.only().contains(cluster))
                .filter(cluster -> !batch.outcomes().containsKey(cluster) || again.contains(cluster))
                .toList();
        return new Reprocessing(again, into, stays, hindrance(batch, again, into, named));
    }

    private static Optional<String> hindrance(
            Batch batch, List<String> again, List<String> into, Optional<String> named) {
        String id = "batch " + batch.id();
        if (batch.status() == BatchStatus.OPEN) {
            return Optional.of(id + " is open: it is loaded at " + batch.due().truncatedTo(ChronoUnit.SECONDS)
                    + " at the latest, or at once after caravan flush feed " + batch.feed());
        }
        if (batch.status() == BatchStatus.LOCKED) {
            return Optional.of(id + " is locked: it is being loaded, or waits for that"
                    + (batch.reason().isEmpty() ? "" : " (" + batch.reason() + ")") + "; caravan unlock " + id
                    + " frees it if whoever has it hangs");
        }
        if (named.filter(cluster -> !again.contains(cluster) && !into.contains(cluster))
                .isPresent()) {
            return Optional.of(nothingIn(named.get(), batch));
        }
        if (again.isEmpty() && into.isEmpty()) {
            return Optional.of(id + " is " + batch.status().word()
                    + ": every cluster of its feed holds its files; nothing to reprocess");
        }
        boolean nowhere = into.isEmpty() && batch.outcomes().size() == again.size();
        return nowhere
                ? Optional.of("feed " + batch.feed() + " names none of the clusters that " + id + " is for ("
                        + String.join(", ", batch.only().isEmpty() ? again : batch.only())
                        + "): add them to the feed's clusters first")
                : Optional.empty();
    }

    private static String nothingIn(String cluster, Batch batch) {
        List<String> known = new ArrayList<>(batch.outcomes().keySet());
        return batch.outcomes().get(cluster) instanceof Outcome.Loaded loaded
                ? "batch " + batch.id() + " is loaded into cluster " + cluster + " since "
                        + loaded.at().truncatedTo(ChronoUnit.SECONDS) + ": nothing to reprocess there"
                : "batch " + batch.id() + " is not for a cluster '" + cluster + "': "
                        + Nearest.hint(cluster, known)
                                .orElse("it has outcomes in "
                                        + String.join(
                                                ", ", known.stream().sorted().toList()));
    }
}
