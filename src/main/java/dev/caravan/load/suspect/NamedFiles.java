package dev.caravan.load.suspect;

import dev.caravan.batch.FileEntry;
import dev.caravan.redshift.copy.LoadErrorViews;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which files of an attempt a cluster's name for one may mean. Clusters cut URLs off: load-error views behind 256 bytes, filled up with blanks ({@code filename}
 * of STL_LOAD_ERRORS and {@code file_name} of SYS_LOAD_ERROR_DETAIL are {@code character(256)}), the context of an error somewhere before that.
 */
public final class NamedFiles {
    /** A name of fewer bytes isn't cut off. */
    private static final int WHOLE = 200;

    /** What is left of a character that was cut in two. */
    private static final String HALF = "\uFFFD";

    private NamedFiles() {}

    /** The files that the name may mean, by URL and version: of one URL unless the name is cut off. */
    public static List<FileEntry> of(String name, List<FileEntry> files) {
        return files.stream().filter(file -> mayMean(file.url()).test(name)).toList();
    }

    /** Whether they are one object, maybe in several versions, so that the name is unmistakable. */
    static boolean areOne(List<FileEntry> files) {
        return files.stream().map(FileEntry::url).distinct().count() == 1;
    }

    /** Whether a name means this URL: in whole, blanks at its end aside, or by its beginning. */
    public static Predicate<String> mayMean(String url) {
        return name -> name.equals(url)
                || name.equals(url.stripTrailing())
                || (name.getBytes(StandardCharsets.UTF_8).length >= WHOLE && url.startsWith(withoutHalf(name)));
    }

    /** A URL as load-error views tell it. */
    public static String asTold(String url) {
        return LoadErrorViews.fileName(url).stripTrailing();
    }

    private static String withoutHalf(String name) {
        return name.endsWith(HALF) ? name.substring(0, name.length() - HALF.length()) : name;
    }
}
