/** Tests of the commands about feeds. */
@NullMarked
package dev.caravan.cli.feeds;

import org.jspecify.annotations.NullMarked;
