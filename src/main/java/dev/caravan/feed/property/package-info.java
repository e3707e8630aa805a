/**
 * What each property of a feed is, by subject; {@link dev.caravan.feed.property.FeedProperties} has all of them in order. Fed by nobody; feeds {@code feed}, the
 * start's checks, commands, and the reference.
 */
@NullMarked
package dev.caravan.feed.property;

import org.jspecify.annotations.NullMarked;
