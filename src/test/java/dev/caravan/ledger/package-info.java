/** Tests of the ledger's words. */
@NullMarked
package dev.caravan.ledger;

import org.jspecify.annotations.NullMarked;
