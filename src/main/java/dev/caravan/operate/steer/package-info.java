/**
 * What a person does to batches, feeds and syncs, whichever way: commands and MBeans call this, so that both do and say the same. Fed by {@code cli} and
 * {@code operate.jmx}; feeds the ledger.
 */
@NullMarked
package dev.caravan.operate.steer;

import org.jspecify.annotations.NullMarked;
