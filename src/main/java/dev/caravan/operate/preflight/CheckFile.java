package dev.caravan.operate.preflight;

import java.util.UUID;

/** Names of the small objects that a check writes beside the manifests, and deletes. */
final class CheckFile {
    private CheckFile() {}

    /** A key under {@code caravan-check/} that nobody else has. */
    static String key(String manifestPrefix, String name) {
        String folder =
                manifestPrefix.isEmpty() || manifestPrefix.endsWith("/") ? manifestPrefix : manifestPrefix + "/";
        return folder + "caravan-check/" + UUID.randomUUID() + "-" + name;
    }
}
