package dev.caravan.load.suspect;

import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.redshift.target.Target;

/**
 * The jsonpaths file of a feed, which COPY reads before any file of a batch. Redshift words a failure to read it as it does one to read a file, and
 * names the object, if at all, in the same place: only the URL tells them apart.
 */
public final class JsonPaths {
    private JsonPaths() {}

    /** For a person. */
    public static String named(String url, Target target) {
        return "the jsonpaths file " + url + " of " + target.inWords();
    }

    /** The failure as it is, unless it says that this file can't be read: then it is the feed's. */
    public static CopyFailure judged(Target target, CopyFailure failure) {
        return target.format()
                .jsonPaths()
                .filter(url -> failure.maybeOfFiles()
                        && failure.reading().filter(NamedFiles.mayMean(url)).isPresent())
                .map(url -> failure.ofFeed(named(url, target)))
                .orElse(failure);
    }
}
