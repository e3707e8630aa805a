/** What became of a batch in each cluster, and how a person is told. Fed by {@code copy}; feeds SNS. */
@NullMarked
package dev.caravan.outcome;

import org.jspecify.annotations.NullMarked;
