package dev.caravan.operate.reload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/** The files that hold routes, beans and route configurations. */
final class RouteFiles {
    private static final String SCHEME = "file:";

    private final Path folder;

    RouteFiles(Path folder) {
        this.folder = folder;
    }

    /** What each of them says now, by its name as people write it: {@code routes/feeds.camel.yaml}. */
    Map<String, String> read() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return texts;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".camel.yaml")).toList();
        }
        for (Path file : files) {
            try {
                texts.put(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            } catch (NoSuchFileException gone) {
                // since the folder was listed
            }
        }
        return texts;
    }

    /** A file's text as Camel loads it, also when the file says something else by now. */
    static Resource resource(String file, String text) {
        return ResourceHelper.fromString(SCHEME + file, text);
    }

    /** The name of the file that a location of Camel's leads to. */
    static String name(String location) {
        return location.startsWith(SCHEME) ? location.substring(SCHEME.length()) : location;
    }
}
