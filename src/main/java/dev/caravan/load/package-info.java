/**
 * When a locked batch may be loaded. Fed by the settings; feeds the {@code load} route's steps. It is neither about what a batch is
 * ({@code batch}) nor about how it is copied ({@code copy}), and knows nothing of AWS.
 */
@NullMarked
package dev.caravan.load;

import org.jspecify.annotations.NullMarked;
