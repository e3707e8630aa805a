/** What an instance has taken up and must go on saying that it works on: batches, and whatever else is its own for the time of a lease. Fed by who takes something up; feeds the ledger with signs of life. */
@NullMarked
package dev.caravan.work;

import org.jspecify.annotations.NullMarked;
