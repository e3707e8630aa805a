package dev.caravan;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Camel's command line, as arguments of {@code java}. It finds Caravan in a local Maven repository as after {@code ./mvnw -DskipTests install};
 * that repository is a folder below target/ with links to the real one's folders, so that nothing of ours gets into the real one.
 */
final class CamelCommand {
    private static final Path FOLDER = Checkout.HERE.resolve("target/camel-cli");
    private static final Path REPOSITORY = FOLDER.resolve("repository");
    private static final Path REAL_REPOSITORY =
            Path.of(System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository"));

    private CamelCommand() {}

    /** Installs Caravan for it and finds its class path; both take a while. */
    static List<String> prepare() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        link(REAL_REPOSITORY, REPOSITORY);
        link(REAL_REPOSITORY.resolve("dev"), REPOSITORY.resolve("dev"));
        Path caravan = Files.createDirectories(REPOSITORY.resolve("dev/caravan/caravan/0.1.0"));
        Files.copy(Checkout.JAR, caravan.resolve("caravan-0.1.0.jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                Checkout.HERE.resolve("pom.xml"),
                caravan.resolve("caravan-0.1.0.pom"),
                StandardCopyOption.REPLACE_EXISTING);

        Process maven = new ProcessBuilder(
                        "./mvnw",
                        "-q",
                        "-B",
                        "-f",
                        "src/test/camel-cli",
                        "-Dcamel.version=" + new DefaultCamelContext().getVersion(),
                        "-Dmaven.repo.local=" + REAL_REPOSITORY)
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("maven.log").toFile())
                .start();
        if (maven.waitFor() != 0) {
            throw new IOException(Files.readString(FOLDER.resolve("maven.log")));
        }
        return List.of(
                "-Dmaven.repo.local=" + REPOSITORY,
                "-cp",
                Files.readString(FOLDER.resolve("class-path")).trim(),
                Checkout.HERE.resolve("src/test/camel-cli/CamelCli.java").toString());
    }

    /** Links to everything in a folder but what is Caravan's or on the way to it. */
    private static void link(Path real, Path links) throws IOException {
        Files.createDirectories(links);
        if (!Files.isDirectory(real)) {
            return;
        }
        try (Stream<Path> children = Files.list(real)) {
            for (Path child : children.toList()) {
                String name = child.getFileName().toString();
                if (!name.equals("dev") && !name.equals("caravan")) {
                    try {
                        Files.createSymbolicLink(links.resolve(name), child);
                    } catch (FileAlreadyExistsException linkedBefore) {
                        // as it should be
                    }
                }
            }
        }
    }
}
