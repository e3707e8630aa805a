/** Commands for whoever comes from another loader: import, audit. Fed by {@code migrate}; feeds files with drafts of feeds, the ledger and the queue. */
@NullMarked
package dev.caravan.cli.migrate;

import org.jspecify.annotations.NullMarked;
