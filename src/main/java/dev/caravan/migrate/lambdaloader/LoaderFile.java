package dev.caravan.migrate.lambdaloader;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The name of a file as the AWS loader writes it: {@code bucket/key}, the key as it came in S3's event, which means that a {@code +} may be a
 * space or a {@code +}; older versions leave percent escapes in it as well. What it was can't be told from the name.
 */
record LoaderFile(String written) {
    /** Of so many plus signs, every combination is thought of. */
    private static final int MOST_PLUSES = 5;

    /** The names that the object may have, {@code bucket/key} with nothing encoded, the likeliest first. Most files have one. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        names.add(written.replace('+', ' '));
        if (written.indexOf('%') >= 0) {
            try {
                names.add(URLDecoder.decode(written, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                names.add(written); // a percent sign that is meant
            }
        }
        names.add(written);
        if (written.chars().filter(c -> c == '+').count() <= MOST_PLUSES) {
            combine(written, 0, names);
        }
        return names;
    }

    /**
     * What may stand for it in a manifest, without {@code s3://}: there the loader mends every {@code +} and {@code %2B}, and before version 2.7 only the
     * first of each.
     */
    Set<String> namesInManifest() {
        Set<String> names = names();
        names.add(written.replaceFirst("\\+", " ").replaceFirst("%2B", "+"));
        names.add(written.replace('+', ' ').replace("%2B", "+"));
        return names;
    }

    /** How the loader may have written an object's name, {@code bucket/key}. */
    static Set<String> written(String name) {
        Set<String> written = new LinkedHashSet<>();
        written.add(name.replace(' ', '+'));
        written.add(name);
        written.add(URLEncoder.encode(name, StandardCharsets.UTF_8).replace("%2F", "/"));
        return written;
    }

    private static void combine(String name, int from, Set<String> names) {
        int plus = name.indexOf('+', from);
        if (plus < 0) {
            names.add(name);
            return;
        }
        combine(name, plus + 1, names);
        combine(name.substring(0, plus) + " " + name.substring(plus + 1), plus + 1, names);
    }
}
