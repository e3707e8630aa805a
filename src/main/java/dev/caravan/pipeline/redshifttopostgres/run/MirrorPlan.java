package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.work.run.RunText;
import java.util.Optional;

/**
 * What a run is to do, as the ledger has it.
 *
 * @param allowDeletes whether any number of rows may be deleted
 * @param rebase whether both sides are compared anew, whatever the target says that it holds
 * @param base the snapshot that the target holds; empty before it was asked
 * @param snapshot the one that it comes to; empty before
 * @param signature of the columns that the difference is of; empty before
 * @param inserts rows of the difference, like the next three; 0 before it is made
 * @param kept rows of the target that nobody knows, and that stay
 * @param rows those of the base
 * @param marker what stands for NULL in the files
 * @param files where the files are, {@code s3://bucket/prefix/}; empty before they are
 */
record MirrorPlan(
        boolean allowDeletes,
        boolean rebase,
        String base,
        String snapshot,
        String signature,
        long inserts,
        long updates,
        long deletes,
        long kept,
        long rows,
        String marker,
        String files) {

    /** Before anything was asked. */
    static MirrorPlan begun(boolean allowDeletes, boolean rebase) {
        return new MirrorPlan(allowDeletes, rebase, "", "", "", 0, 0, 0, 0, 0, "", "");
    }

    static MirrorPlan of(String text) {
        return text.isEmpty() ? begun(false, false) : RunText.read(text, MirrorPlan.class);
    }

    String text() {
        return RunText.write(this);
    }

    MirrorPlan against(String from, String to, String columns, String nulls) {
        return new MirrorPlan(allowDeletes, rebase, from, to, columns, 0, 0, 0, 0, 0, nulls, "");
    }

    /** Before anything was asked, once more. */
    MirrorPlan again() {
        return begun(allowDeletes, rebase);
    }

    MirrorPlan counted(Counts counts) {
        return new MirrorPlan(
                allowDeletes,
                rebase,
                base,
                snapshot,
                signature,
                counts.inserts(),
                counts.updates(),
                counts.deletes(),
                counts.kept(),
                counts.rows(),
                marker,
                files);
    }

    MirrorPlan unloaded(String to) {
        return new MirrorPlan(
                allowDeletes, rebase, base, snapshot, signature, inserts, updates, deletes, kept, rows, marker, to);
    }

    long changes() {
        return inserts + updates + deletes;
    }

    /** In words; empty if there is nothing to say. */
    Optional<String> inWords() {
        return allowDeletes || rebase
                ? Optional.of(rebase ? allowDeletes ? "rebase, any deletes" : "rebase" : "any deletes")
                : Optional.empty();
    }
}
