/**
 * Clusters reached through the Redshift Data API instead of a connection of one's own. Fed by whoever uses a cluster, as JDBC's interfaces, with
 * bodies of SQL; feeds them to AWS as statements, and hands back rows and failures as a driver would.
 */
@NullMarked
package dev.caravan.dataapi;

import org.jspecify.annotations.NullMarked;
