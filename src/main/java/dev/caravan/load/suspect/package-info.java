/**
 * Which files of a batch a failure is about: those that the cluster names, those that aren't in S3 any more or are newer there, those that are left
 * when the others load. Fed by what the cluster and S3 answer; feeds the steps of {@code load} that explain, search and leave out.
 */
@NullMarked
package dev.caravan.load.suspect;

import org.jspecify.annotations.NullMarked;
