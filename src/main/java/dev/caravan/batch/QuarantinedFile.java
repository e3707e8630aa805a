package dev.caravan.batch;

import dev.caravan.outcome.BadRow;

/**
 * A file that a cluster refused, set aside so that the rest of its batch loads there.
 *
 * @param file the file
 * @param cluster the cluster that refused it
 * @param attempt the last attempt of the batch whose manifest named the file for that cluster
 * @param cause the row and the reason; line 0 and no column if the file as a whole was refused
 */
public record QuarantinedFile(FileEntry file, String cluster, int attempt, BadRow cause) {}
