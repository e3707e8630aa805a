/** How a person is told what became of a batch, or of a cluster. Fed by a batch whose outcomes are all known, and by holds; feeds SNS and a webhook. */
@NullMarked
package dev.caravan.tell;

import org.jspecify.annotations.NullMarked;
