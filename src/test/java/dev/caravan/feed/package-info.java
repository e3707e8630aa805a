/** Tests of feeds: what they match, their properties and the faults in them. */
@NullMarked
package dev.caravan.feed;

import org.jspecify.annotations.NullMarked;
