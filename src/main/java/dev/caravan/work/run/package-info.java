/**
 * What pipelines share whose work no event brings: when a run is due, which runs this instance has, how one ends and who is told. Fed by the clock, the ledger and
 * the beans of pipelines; feeds the ledger with runs and their leases, and {@code tell} with messages.
 */
@NullMarked
package dev.caravan.work.run;

import org.jspecify.annotations.NullMarked;
