/** What is in S3, page by page. Fed by S3's listings; feeds {@code operate.backfill}, {@code operate.preflight}, {@code load} and {@code migrate}. */
@NullMarked
package dev.caravan.s3.listing;

import org.jspecify.annotations.NullMarked;
