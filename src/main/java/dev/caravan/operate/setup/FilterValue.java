package dev.caravan.operate.setup;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Values of a bucket notification's filter rules. S3 wants a space as {@code +} and every other special character percent-encoded, as its events write
 * keys ("Configuring event notifications using object key name filtering" in its user guide); it takes a plain {@code dt=} too, and then no key fits
 * (reported in aws/aws-cdk#28012, and by the AWS knowledge center on Lambda functions that aren't triggered).
 */
final class FilterValue {
    /** S3 refuses longer ones. */
    static final int LONGEST = 1024;

    /** What S3 calls safe characters, and escapes. */
    private static final Pattern ENCODED = Pattern.compile("(?:[A-Za-z0-9/!_.*'()~+-]|%[0-9A-Fa-f]{2})*");

    private FilterValue() {}

    /** What to write for the beginning, or the end, of a key. */
    static String of(String keyPart) {
        return URLEncoder.encode(keyPart, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    /** The part of a key that a value stands for; empty if the value has a character that it would have to encode, so that it fits no key. */
    static Optional<String> keyPart(String value) {
        return ENCODED.matcher(value).matches()
                ? Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** The longest beginning of a key's beginning that S3 takes. */
    static String fitting(String prefix) {
        String fits = prefix;
        while (of(fits).length() > LONGEST) {
            fits = fits.substring(0, fits.offsetByCodePoints(fits.length(), -1));
        }
        return fits;
    }
}
