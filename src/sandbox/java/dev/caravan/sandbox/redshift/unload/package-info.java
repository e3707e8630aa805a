/**
 * UNLOAD: the rows of a query become files in S3, with a manifest, and rows of the system tables. Fed by the sessions with rows; feeds S3.
 */
@NullMarked
package dev.caravan.sandbox.redshift.unload;

import org.jspecify.annotations.NullMarked;
