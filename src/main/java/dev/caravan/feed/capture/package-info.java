/**
 * What parts of an object's key say of the table and the options of its load: what a key must match, what its groups capture, texts that refer to it, and which
 * tables it may name. Fed by a feed's properties; feeds {@code feed}.
 */
@NullMarked
package dev.caravan.feed.capture;

import org.jspecify.annotations.NullMarked;
