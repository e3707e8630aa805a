/** Commands about the queues, and how deep they are. Fed by SQS; feeds the queue with what was parked, and a terminal. */
@NullMarked
package dev.caravan.cli.queue;

import org.jspecify.annotations.NullMarked;
