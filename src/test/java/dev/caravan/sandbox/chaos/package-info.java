/**
 * Chaos: many files, several instances of the packaged jar, and everything that goes wrong in production, at once and from one seed;
 * then a count in SQL of every row of every file. Fed by the command line; feeds S3, SQS and the faults of the sandbox, and its reader with figures.
 */
@NullMarked
package dev.caravan.sandbox.chaos;

import org.jspecify.annotations.NullMarked;
