package dev.caravan.sandbox.aws.s3;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * The names under which S3Proxy's stores can keep any key. They take keys for file paths, to which {@code a//b}, {@code /a} and
 * {@code a/../b} mean something else than to S3; so a path segment that a file system would resolve is stored under another name.
 */
final class StoredKey {
    private static final Map<String, String> STORED = Map.of("", "!empty!", ".", "!dot!", "..", "!dotdot!");
    private static final Map<String, String> ORIGINAL =
            STORED.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    private StoredKey() {}

    static String of(String key) {
        // S3Proxy itself looks after a slash at the end.
        return key.endsWith("/")
                ? prefix(key)
                : prefix(key.substring(0, key.lastIndexOf('/') + 1)) + stored(lastSegment(key));
    }

    /** A prefix's last segment isn't whole: {@code a/.} is the start of {@code a/.hidden}. */
    static String prefix(String prefix) {
        StringBuilder stored = new StringBuilder();
        int start = 0;
        for (int slash = prefix.indexOf('/'); slash >= 0; slash = prefix.indexOf('/', start)) {
            stored.append(stored(prefix.substring(start, slash))).append('/');
            start = slash + 1;
        }
        return stored.append(prefix.substring(start)).toString();
    }

    /** The key, or prefix, that is stored under this name. */
    static String original(String stored) {
        StringBuilder original = new StringBuilder();
        int start = 0;
        for (int slash = stored.indexOf('/'); slash >= 0; slash = stored.indexOf('/', start)) {
            String segment = stored.substring(start, slash);
            original.append(ORIGINAL.getOrDefault(segment, segment)).append('/');
            start = slash + 1;
        }
        String last = stored.substring(start);
        return original.append(ORIGINAL.getOrDefault(last, last)).toString();
    }

    private static String stored(String segment) {
        return STORED.getOrDefault(segment, segment);
    }

    private static String lastSegment(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
