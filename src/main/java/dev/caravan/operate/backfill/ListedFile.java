package dev.caravan.operate.backfill;

import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.s3.listing.ListedObject;
import java.util.Optional;

/**
 * An object in S3 that a feed wants.
 *
 * @param listed the object
 * @param file as the ledger would call it
 * @param known what the ledger knows of it; empty if it has never heard of it
 */
public record ListedFile(ListedObject listed, FileEntry file, Optional<KnownFile> known) {}
