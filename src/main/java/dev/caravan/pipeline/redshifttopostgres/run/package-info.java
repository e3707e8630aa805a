/**
 * Runs of mirrors: when one begins, the base that its difference is against, the guards, how it ends. Fed by {@code mirror}, the clock and people; feeds the ledger with
 * runs, Redshift with SQL, and PostgreSQL with differences.
 */
@NullMarked
package dev.caravan.pipeline.redshifttopostgres.run;

import org.jspecify.annotations.NullMarked;
