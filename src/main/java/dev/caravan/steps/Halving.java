package dev.caravan.steps;

import dev.caravan.batch.FileEntry;
import java.util.List;
import java.util.Optional;

/**
 * The search for a file that a cluster refuses without naming it: halves of the suspects are tried until one file is left. There may be
 * several such files; this finds one of them.
 */
final class Halving {
    private List<FileEntry> suspects;
    private Optional<FileEntry> found = Optional.empty();
    private String reason = "";
    private boolean over;

    /** @param suspects files that a cluster has refused together, at least one */
    Halving(List<FileEntry> suspects) {
        this.suspects = List.copyOf(suspects);
    }

    /** Whether there is something left to try. */
    boolean isOpen() {
        return !over;
    }

    /** The files to try now. */
    List<FileEntry> half() {
        return suspects.subList(0, Math.max(1, suspects.size() / 2));
    }

    /** The cluster can read them: the bad one is among the others, if there are any. */
    void readable() {
        over = suspects.size() == 1;
        suspects = over ? suspects : suspects.subList(suspects.size() / 2, suspects.size());
    }

    /** The cluster refuses them. */
    void refused(String why) {
        suspects = half();
        if (suspects.size() == 1) {
            found = Optional.of(suspects.get(0));
            reason = why;
            over = true;
        }
    }

    Optional<FileEntry> found() {
        return found;
    }

    /** What the cluster said of the file that was found. */
    String reason() {
        return reason;
    }
}
