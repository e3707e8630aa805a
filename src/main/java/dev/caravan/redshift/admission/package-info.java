/**
 * When a batch may be loaded: which clusters are held and which feeds paused, and what times are planned without loads. Fed by what failed loads
 * say of their cluster, by the ledger's holds and pauses and a setting; feeds {@code load}.
 */
@NullMarked
package dev.caravan.redshift.admission;

import org.jspecify.annotations.NullMarked;
