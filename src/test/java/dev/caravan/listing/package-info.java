/** Tests of what is read from S3's listings. */
@NullMarked
package dev.caravan.listing;

import org.jspecify.annotations.NullMarked;
