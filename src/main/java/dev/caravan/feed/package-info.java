/**
 * Which objects go to which table. Fed by the feed beans in {@code routes/} and by {@code s3.event}; feeds {@code batch} with a file and its feed.
 * Users name {@link dev.caravan.feed.Feed} in their files, so it stays where it is.
 */
@NullMarked
package dev.caravan.feed;

import org.jspecify.annotations.NullMarked;
