/**
 * What a synced table is in Redshift: how it is made, what an existing one lacks, and whether there is room for it. Fed by {@code type} and connections to
 * clusters; feeds whoever plans a run. It writes nothing itself.
 */
@NullMarked
package dev.caravan.pipeline.tabletoredshift.target;

import org.jspecify.annotations.NullMarked;
