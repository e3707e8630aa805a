/** Tests of the Data API's data source, on the sandbox's Data API. */
@NullMarked
package dev.caravan.dataapi;

import org.jspecify.annotations.NullMarked;
