/**
 * Clusters reached through the Redshift Data API instead of a connection of one's own. Fed by whoever uses a cluster, as JDBC's interfaces, with
 * bodies of SQL; feeds them to AWS as statements, and hands back rows and failures as a driver would. Users name {@link
 * dev.caravan.dataapi.DataApiDataSource} in their files, so it stays where it is.
 */
@NullMarked
package dev.caravan.dataapi;

import org.jspecify.annotations.NullMarked;
