package dev.caravan.cli.status;

import dev.caravan.cli.shell.Page;
import dev.caravan.ledger.notes.Instances;
import dev.caravan.ledger.notes.Instances.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An instance that runs.
 *
 * @param started when its routes had started
 * @param seenSecondsAgo how long ago it last said that it runs
 */
record InstanceState(String instance, String version, Instant started, long seenSecondsAgo) {
    private static final int NAMED = 10;

    static List<InstanceState> running(Instances.Known known) {
        return known.running().stream()
                .map(one -> new InstanceState(
                        one.name(),
                        one.version(),
                        one.started(),
                        Math.max(0, Duration.between(one.seen(), known.now()).toSeconds())))
                .toList();
    }

    /** When the last one was seen; null if one runs, or none has for long. */
    static @Nullable Instant lastSeen(Instances.Known known) {
        return known.running().isEmpty() ? known.last().map(Instance::seen).orElse(null) : null;
    }

    /** It has missed a word: it may have been killed. */
    private String doubt() {
        return seenSecondsAgo < Instances.BEAT.multipliedBy(2).toSeconds()
                ? ""
                : " and silent since: taken for dead after " + Instances.SILENCE.toSeconds() + " s";
    }

    static String inWords(List<InstanceState> running, @Nullable Instant last, Instant now) {
        if (running.isEmpty()) {
            return "no instance runs: files wait in the queue until one is started ("
                    + (last == null
                            ? "none has run in the last week"
                            : "the last one was seen " + Page.timeAndAge(last, now))
                    + ")";
        }
        return running.size()
                + (running.size() == 1 ? " runs: " : " run: ")
                + running.stream()
                        .limit(NAMED)
                        .map(one -> one.instance() + " (" + one.version() + ", since " + Page.time(one.started())
                                + ", last seen " + one.seenSecondsAgo() + " s ago" + one.doubt() + ")")
                        .collect(Collectors.joining(", "))
                + (running.size() > NAMED ? " … and " + (running.size() - NAMED) + " more" : "");
    }
}
