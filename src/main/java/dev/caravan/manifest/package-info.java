/** Which files of a locked batch are still to be copied, and the COPY manifest that names them. Fed by the batch's entries and {@code ledger}; feeds {@code copy}. */
@NullMarked
package dev.caravan.manifest;

import org.jspecify.annotations.NullMarked;
