/** What commands about syncs and about mirrors share: both have runs. Fed by the ledger's runs; feeds {@code syncs} and {@code mirrors} with texts about them. */
@NullMarked
package dev.caravan.cli.runs;

import org.jspecify.annotations.NullMarked;
