/**
 * Which files of a locked batch are still to be copied, and the COPY manifest that names them. Fed by the batch's entries and {@code ledger}; feeds
 * {@code load}.
 */
@NullMarked
package dev.caravan.load.manifest;

import org.jspecify.annotations.NullMarked;
