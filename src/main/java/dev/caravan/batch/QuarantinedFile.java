package dev.caravan.batch;

import dev.caravan.outcome.BadRow;

/**
 * A file that the manifests of its batch leave out for a cluster, so that the rest loads there: because the cluster refused it, a person left it out,
 * or another batch loads the object's content.
 *
 * @param file the file
 * @param cluster the cluster that it is left out for
 * @param attempt the last attempt of the batch whose manifest named the file for that cluster; of a superseded one, the last that may have loaded it
 * @param cause the row and the reason; line 0 and no column if the file as a whole is left out
 * @param instead if it is superseded, the batch that loads, or has loaded, what the object holds now; empty if it was refused or left out
 */
public record QuarantinedFile(FileEntry file, String cluster, int attempt, BadRow cause, String instead) {

    /** A file that a cluster refused. */
    public QuarantinedFile(FileEntry file, String cluster, int attempt, BadRow cause) {
        this(file, cluster, attempt, cause, "");
    }

    private static final String OMITTED = "omitted by an operator";

    /** A file that a person leaves out, whatever the cluster would say. */
    public static QuarantinedFile omitted(FileEntry file, String cluster, int attempt) {
        return new QuarantinedFile(file, cluster, attempt, whole(file, OMITTED));
    }

    /**
     * A file whose object has been overwritten.
     *
     * @param attempt of the batch that has not loaded it
     * @param instead the batch that loads what the object holds now
     */
    public static QuarantinedFile superseded(
            FileEntry file, String cluster, int attempt, String instead, String reason) {
        return new QuarantinedFile(file, cluster, attempt - 1, whole(file, reason), instead);
    }

    /** Whether another batch has the object's content, so that nothing of it is missing. */
    public boolean isSuperseded() {
        return !instead.isEmpty();
    }

    /** Whether a person left it out, and no cluster. */
    public boolean isOmitted() {
        return cause.reason().equals(OMITTED);
    }

    private static BadRow whole(FileEntry file, String reason) {
        return new BadRow(file.url(), 0, "", "", 0, reason);
    }
}
