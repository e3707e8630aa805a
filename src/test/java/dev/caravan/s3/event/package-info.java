/** Tests of S3's events. */
@NullMarked
package dev.caravan.s3.event;

import org.jspecify.annotations.NullMarked;
