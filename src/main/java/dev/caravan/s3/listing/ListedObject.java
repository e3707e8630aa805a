package dev.caravan.s3.listing;

import dev.caravan.s3.event.ObjectCreated;

/**
 * An object as S3 lists it.
 *
 * @param object the same that S3's event told of it; {@code created} is when it was last modified
 * @param archived whether it must be restored before anything can read it
 */
public record ListedObject(ObjectCreated object, boolean archived) {}
