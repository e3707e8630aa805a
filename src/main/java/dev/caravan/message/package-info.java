/** How a person is told what became of a batch. Fed by a batch whose outcomes are all known; feeds SNS. */
@NullMarked
package dev.caravan.message;

import org.jspecify.annotations.NullMarked;
