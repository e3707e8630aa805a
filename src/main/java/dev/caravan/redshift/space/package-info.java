/**
 * What room a cluster's disks have. Fed by JDBC connections; feeds preflight checks, and whoever looks before a load that is large.
 */
@NullMarked
package dev.caravan.redshift.space;

import org.jspecify.annotations.NullMarked;
