/**
 * A stand-in for the Redshift Data API, before the sandbox's Redshift. Fed by AWS's SDK with requests in JSON; feeds them to the cluster by the real
 * driver.
 */
@NullMarked
package dev.caravan.sandbox.dataapi;

import org.jspecify.annotations.NullMarked;
