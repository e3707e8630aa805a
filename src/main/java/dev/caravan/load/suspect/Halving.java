package dev.caravan.load.suspect;

import dev.caravan.base.Quantity;
import dev.caravan.batch.FileEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The search for a file that a cluster refuses without naming it, and for proof that it is at fault. Halves of the suspects are tried until one file is
 * left, which was tried alone. Then comes the control: others are tried alone, until one can be read; of a single file, the load without any file. Else
 * it wouldn't be the file that is at fault, but the table, the feed's SQL or a permission, and each file would be set aside for it. Other bad files that
 * are met on the way are found as well.
 */
public final class Halving {
    private final List<FileEntry> files;
    private final int most;
    private final List<Found> found = new ArrayList<>();
    private List<FileEntry> suspects;
    private List<FileEntry> others = List.of();
    private boolean over;
    private boolean proven;

    /**
     * @param files that a cluster has refused together, at least one
     * @param most how many bad files are looked for before it is said that there are more
     */
    public Halving(List<FileEntry> files, int most) {
        this(files, files, most);
    }

    /** Begins with some of the files, at least one, among which is one that is refused. */
    public Halving(List<FileEntry> suspects, List<FileEntry> files, int most) {
        this.files = List.copyOf(files);
        this.most = most;
        this.suspects = List.copyOf(suspects);
    }

    /**
     * Begins with files that the cluster has named: they are at fault if another can be loaded alone.
     *
     * @param named at least one of the files
     * @param namesItAlone whether a batch's only file is at fault when it is named: without another there is no control
     */
    public static Halving ofNamed(List<Found> named, List<FileEntry> files, int most, boolean namesItAlone) {
        Halving search = new Halving(named.stream().map(Found::file).toList(), files, most);
        search.found.addAll(named);
        search.findOthers();
        search.over = search.others.isEmpty() || named.size() > most;
        search.proven = namesItAlone && files.size() == 1;
        return search;
    }

    /**
     * A file that is refused alone.
     *
     * @param reason what the cluster said of it
     */
    public record Found(FileEntry file, String reason) {}

    /** What is looked for: {@code for the file that is at fault among 3 files}. */
    public String inWords() {
        List<FileEntry> asked =
                found.isEmpty() ? suspects : found.stream().map(Found::file).toList();
        if (asked.size() == 1) {
            return "whether " + asked.get(0).url() + " is at fault";
        }
        String many = Quantity.count(asked.size(), "file");
        return found.isEmpty()
                ? "for the file that is at fault among " + many
                : "whether " + many + " that it names are at fault";
    }

    /** Whether there is something left to try. */
    public boolean isOpen() {
        return !over;
    }

    /** The files to try now; none for a load without files. */
    public List<FileEntry> trial() {
        return found.isEmpty()
                ? suspects.subList(0, Math.max(1, suspects.size() / 2))
                : others.subList(0, Math.min(1, others.size()));
    }

    /** The cluster can read them: the bad one is among the others, if there are any. */
    public void readable() {
        if (!found.isEmpty()) {
            proven = true;
            over = true;
        } else {
            over = suspects.size() == 1;
            suspects = over ? suspects : suspects.subList(suspects.size() / 2, suspects.size());
        }
    }

    /** The cluster refuses them. */
    public void refused(String why) {
        List<FileEntry> tried = trial();
        if (tried.isEmpty()) {
            over = true;
            return;
        }
        if (tried.size() > 1) {
            suspects = tried;
            return;
        }
        found.add(new Found(tried.get(0), why));
        if (found.size() == 1) {
            findOthers();
        } else {
            others = others.subList(1, others.size());
        }
        over = (others.isEmpty() && files.size() > 1) || found.size() > most;
    }

    /** Neighbours first: they often come from one hand. */
    private void findOthers() {
        Set<FileEntry> bad = found.stream().map(Found::file).collect(Collectors.toCollection(HashSet::new));
        List<FileEntry> rest =
                files.stream().filter(file -> !bad.contains(file)).collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(rest);
        others = rest;
    }

    /** The files that are refused alone. */
    public List<Found> found() {
        return List.copyOf(found);
    }

    /** Whether a control could be loaded: only then are those found at fault. */
    public boolean isProven() {
        return proven;
    }
}
