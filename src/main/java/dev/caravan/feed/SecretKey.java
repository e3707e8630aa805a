package dev.caravan.feed;

import java.util.Base64;
import java.util.Optional;

/** The key of files that their writer encrypted. */
final class SecretKey {
    /** What is shown in its place. */
    static final String SHOWN = "***";

    private static final int BYTES = 32;

    private SecretKey() {}

    /** The key; empty if the text is not 256 bits in Base64. */
    static Optional<String> of(String text) {
        try {
            return Optional.of(text.strip())
                    .filter(key -> Base64.getDecoder().decode(key).length == BYTES)
                    .filter(key -> key.endsWith("="));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
