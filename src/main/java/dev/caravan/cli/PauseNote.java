package dev.caravan.cli;

import dev.caravan.ledger.FeedPauses.Pause;
import dev.caravan.startup.Installation;
import java.util.Optional;

/** What is to be said beside a change that has no effect yet, because a feed is paused. */
final class PauseNote {
    private PauseNote() {}

    /** Empty if the feed isn't paused. */
    static Optional<String> of(Installation installation, String feed) {
        return installation.pauses().all().stream()
                .filter(pause -> pause.feed().equals(feed))
                .map(pause -> "feed " + feed + " is paused " + since(pause) + ": nothing of it is loaded until"
                        + " caravan resume feed " + feed)
                .findFirst();
    }

    /** {@code since 2026-11-21T09:00:00.123Z (why)}. */
    static String since(Pause pause) {
        return "since " + pause.since() + (pause.reason().isEmpty() ? "" : " (" + pause.reason() + ")");
    }
}
