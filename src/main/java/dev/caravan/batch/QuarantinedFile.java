package dev.caravan.batch;

import dev.caravan.outcome.BadRow;

/**
 * A file that a cluster refused or a person left out, set aside so that the rest of its batch loads there.
 *
 * @param file the file
 * @param cluster the cluster that refused it
 * @param attempt the last attempt of the batch whose manifest named the file for that cluster
 * @param cause the row and the reason; line 0 and no column if the file as a whole was refused
 */
public record QuarantinedFile(FileEntry file, String cluster, int attempt, BadRow cause) {

    private static final String OMITTED = "omitted by an operator";

    /** A file that a person leaves out, whatever the cluster would say. */
    public static QuarantinedFile omitted(FileEntry file, String cluster, int attempt) {
        return new QuarantinedFile(file, cluster, attempt, new BadRow(file.url(), 0, "", "", 0, OMITTED));
    }

    /** Whether a person left it out, and no cluster. */
    public boolean isOmitted() {
        return cause.reason().equals(OMITTED);
    }
}
