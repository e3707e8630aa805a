/** Tests of the commands about the queues. */
@NullMarked
package dev.caravan.cli.queue;

import org.jspecify.annotations.NullMarked;
