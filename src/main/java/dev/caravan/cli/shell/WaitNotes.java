package dev.caravan.cli.shell;

import dev.caravan.operate.steer.Operator;
import dev.caravan.startup.Installation;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What is to be said beside a change that has no effect yet, because a feed is paused or a cluster is held. */
public final class WaitNotes {
    private WaitNotes() {}

    /** A sentence for each of the feeds that is paused, and each of the clusters that is held. */
    public static List<String> of(Installation installation, Collection<String> feeds, Collection<String> clusters) {
        List<String> notes = new ArrayList<>();
        installation.pauses().all().stream()
                .filter(pause -> feeds.contains(pause.feed()))
                .map(pause -> "feed " + pause.feed() + " is paused " + Operator.since(pause)
                        + ": nothing of it is loaded until caravan resume feed " + pause.feed())
                .forEach(notes::add);
        installation.heldForAll().get().stream()
                .filter(hold -> clusters.contains(hold.cluster()))
                .map(hold -> "cluster " + hold.cluster() + " is held since "
                        + hold.since().truncatedTo(ChronoUnit.SECONDS)
                        + ": its loads wait, and at least once a minute one of them tries whether it is back")
                .forEach(notes::add);
        return notes;
    }
}
