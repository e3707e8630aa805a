/** Tests of what is read from S3's listings. */
@NullMarked
package dev.caravan.s3.listing;

import org.jspecify.annotations.NullMarked;
