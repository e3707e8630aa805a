package dev.caravan.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folders of {@code routes/} that load files and tables, and mirror tables: the pipelines' own, and those that they share. */
public final class RouteFolders {
    private static final Path ROUTES = Path.of("routes");
    private static final List<Path> FOLDERS =
            List.of("s3-to-redshift", "table-to-redshift", "redshift-to-postgres", "load", "tell").stream()
                    .map(ROUTES::resolve)
                    .toList();

    private RouteFolders() {}

    /** All that stand there. */
    public static List<Path> files() {
        return FOLDERS.stream().flatMap(RouteFolders::list).sorted().toList();
    }

    /** As {@code camel.main.routesIncludePattern} has it, for a process of any folder. */
    public static String pattern() {
        return FOLDERS.stream()
                .map(folder -> "file:" + folder.toAbsolutePath() + "/*.camel.yaml")
                .collect(Collectors.joining(","));
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the shipped routes, each with its folder. */
    public static void copyTo(Path folder) throws IOException {
        for (Path file : files()) {
            Path to = folder.resolve(ROUTES.relativize(file));
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
        }
    }
}
