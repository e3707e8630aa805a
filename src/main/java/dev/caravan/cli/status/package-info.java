/** The command that shows how everything is. Fed by the ledger, the queues and the clusters' holds; feeds a terminal. */
@NullMarked
package dev.caravan.cli.status;

import org.jspecify.annotations.NullMarked;
