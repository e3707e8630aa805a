/** Which objects go to which table. Fed by the feed beans in {@code routes/} and by {@code event}; feeds {@code batch} with a file and its feed. */
@NullMarked
package dev.caravan.feed;

import org.jspecify.annotations.NullMarked;
