/**
 * What a person sees and does over JMX, and so in Hawtio: an MBean for each feed and each sync, and one for the batches, in the domain
 * {@code dev.caravan}. Fed by the feeds, the syncs and the ledger; feeds a person's browser, and the ledger with what that person wants done.
 */
@NullMarked
package dev.caravan.operate.jmx;

import org.jspecify.annotations.NullMarked;
