/** Tests of the commands about batches. */
@NullMarked
package dev.caravan.cli.batches;

import org.jspecify.annotations.NullMarked;
