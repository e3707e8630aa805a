package dev.caravan.steps;

import dev.caravan.batch.FileEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The search for a file that a cluster refuses without naming it: halves of the suspects are tried until one file is left, which was tried alone. Then
 * others are tried alone, until one can be read: else it wouldn't be the file that is at fault, but the table or the permission, and each file would
 * be set aside for it. Other bad files that are met on the way are found as well.
 */
final class Halving {
    private final List<FileEntry> files;
    private final int most;
    private final List<Found> found = new ArrayList<>();
    private List<FileEntry> suspects;
    private List<FileEntry> others = List.of();
    private boolean over;
    private boolean proven;
    private boolean aloneIsProof = true;

    /**
     * @param files that a cluster has refused together, at least one
     * @param most how many bad files are looked for before it is said that there are more
     */
    Halving(List<FileEntry> files, int most) {
        this.files = List.copyOf(files);
        this.most = most;
        suspects = this.files;
    }

    /** Begins with a file that the cluster has named: it is at fault if another can be loaded alone. */
    static Halving ofNamed(FileEntry named, String reason, List<FileEntry> files, int most) {
        Halving search = new Halving(files, most);
        search.aloneIsProof = false;
        search.suspects = List.of(named);
        search.refused(reason);
        return search;
    }

    /**
     * A file that is refused alone.
     *
     * @param reason what the cluster said of it
     */
    record Found(FileEntry file, String reason) {}

    /** Whether there is something left to try. */
    boolean isOpen() {
        return !over;
    }

    /** The files to try now. */
    List<FileEntry> trial() {
        return found.isEmpty() ? suspects.subList(0, Math.max(1, suspects.size() / 2)) : others.subList(0, 1);
    }

    /** The cluster can read them: the bad one is among the others, if there are any. */
    void readable() {
        if (!found.isEmpty()) {
            proven = true;
            over = true;
        } else {
            over = suspects.size() == 1;
            suspects = over ? suspects : suspects.subList(suspects.size() / 2, suspects.size());
        }
    }

    /** The cluster refuses them. */
    void refused(String why) {
        List<FileEntry> tried = trial();
        if (tried.size() > 1) {
            suspects = tried;
            return;
        }
        if (found.isEmpty()) {
            List<FileEntry> rest = new ArrayList<>(files);
            rest.remove(tried.get(0));
            Collections.reverse(rest); // neighbours often come from one hand
            others = rest;
        } else {
            others = others.subList(1, others.size());
        }
        found.add(new Found(tried.get(0), why));
        over = others.isEmpty() || found.size() > most;
    }

    /** The files that are refused alone. */
    List<Found> found() {
        return List.copyOf(found);
    }

    /** Whether a file could be read alone, or a file that can't be read is the only one: only then are those found at fault. */
    boolean isProven() {
        return proven || (aloneIsProof && files.size() == 1);
    }
}
