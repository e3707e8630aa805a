package dev.caravan.feed.capture;

import dev.caravan.s3.event.S3Prefix;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the keys of a feed's objects begin with.
 *
 * @param prefix as it was written
 * @param pattern what a key must begin with as well, if {@link S3Prefix#head} isn't all of the prefix
 */
public record ObjectPrefix(S3Prefix prefix, Optional<Pattern> pattern) {
    /** Empty if the text is no {@code bucket/prefix}. */
    public static Optional<ObjectPrefix> of(String text) {
        return S3Prefix.of(text).map(prefix -> new ObjectPrefix(prefix, prefix.pattern()));
    }

    /** Whether a key that begins with the prefix's head begins with all of it. */
    public boolean begins(String key) {
        return pattern.map(wild -> wild.matcher(key).lookingAt()).orElse(true);
    }
}
