package dev.caravan.sandbox.source;

import dev.caravan.sandbox.parts.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A MariaDB server of its own on loopback, with temporary data. It ends when it is closed, when this JVM ends, and when this JVM is killed: a shell
 * that waits for the end of its input, which the JVM holds open, stops the server and removes its data.
 */
public final class MariaDb implements SourceDatabase {
    private static final String USER = "shop", PASSWORD = "shop-secret";
    private static final Duration START = Duration.ofMinutes(2);
    private static final String KEEPER = """
            exec 3<&0
            folder=$1; shift
            "$@" </dev/null 3<&- & server=$!
            { cat <&3 >/dev/null; kill -9 $server; } & watcher=$!
            exec 3<&-
            wait $server; status=$?
            kill $watcher 2>/dev/null
            [ $status -eq 137 ] && rm -rf "$folder"
            exit $status
            """;

    private final int port;
    private final Path log;
    private final Process keeper;

    private MariaDb(int port, Path log, Process keeper) {
        this.port = port;
        this.log = log;
        this.keeper = keeper;
    }

    /**
     * Starts one; it is ready when this returns.
     *
     * @throws IllegalStateException if it can't be started, with the end of its log
     */
    public static MariaDb start() {
        return start(System.getenv().getOrDefault("TZ", ""));
    }

    /**
     * As {@link #start()}, with another time zone of its system.
     *
     * @param zone as the variable TZ has it: {@code JST-9}; empty for the machine's
     */
    public static MariaDb start(String zone) {
        MariaDbFiles files = MariaDbFiles.get();
        int port = FreePort.pick();
        try {
            Path folder = Files.createTempDirectory("caravan-mariadb-");
            Path data = folder.resolve("data"), log = folder.resolve("log"), first = folder.resolve("first.sql");
            files.copyData(data);
            Files.writeString(
                    first,
                    "CREATE DATABASE shop CHARACTER SET utf8mb4;\nGRANT ALL ON *.* TO '%s'@'%%' IDENTIFIED BY '%s' WITH GRANT OPTION;\n"
                            .formatted(USER, PASSWORD));
            List<String> command = new ArrayList<>(List.of("sh", "-c", KEEPER, "keeper", folder.toString()));
            command.addAll(command(
                    files,
                    data,
                    List.of(
                            "--port=" + port,
                            "--bind-address=127.0.0.1",
                            "--socket=" + folder.resolve("socket"),
                            "--pid-file=" + folder.resolve("pid"),
                            "--init-file=" + first,
                            "--skip-ssl", // it would make keys for half a minute
                            "--skip-name-resolve",
                            "--skip-log-bin",
                            "--performance-schema=OFF",
                            "--innodb-buffer-pool-size=64M",
                            "--innodb-flush-log-at-trx-commit=0",
                            "--innodb-fast-shutdown=2",
                            "--max-allowed-packet=64M")));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            if (!zone.isEmpty()) {
                builder.environment().put("TZ", zone);
            }
            Process keeper = builder.start();
            return new MariaDb(port, log, keeper).ready();
        } catch (IOException e) {
            throw new UncheckedIOException("MariaDB doesn't start", e);
        }
    }

    /** A program of its for the command line, unpacked into a folder. */
    public static Path program(String name, Path folder) throws IOException {
        return MariaDbFiles.program(name, folder);
    }

    /** What every run of the server needs. */
    static List<String> command(MariaDbFiles files, Path data, List<String> more) {
        List<String> command = new ArrayList<>(List.of(
                files.server().toString(),
                "--no-defaults",
                "--datadir=" + data,
                "--lc-messages-dir=" + files.share(),
                "--character-sets-dir=" + files.share().resolve("charsets"),
                "--innodb-log-file-size=16M"));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root"); // else it refuses
        }
        command.addAll(more);
        return command;
    }

    @Override
    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/shop";
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    /** Stops it and removes its data. */
    @Override
    public void close() {
        try {
            keeper.getOutputStream().close();
            if (!keeper.waitFor(1, TimeUnit.MINUTES)) {
                keeper.destroyForcibly();
                throw new IllegalStateException("MariaDB doesn't stop: see " + log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private MariaDb ready() throws IOException {
        try {
            Awaitility.await().atMost(START).until(() -> answers() || !keeper.isAlive());
        } catch (ConditionTimeoutException e) {
            close();
        }
        if (!keeper.isAlive()) {
            List<String> said = Files.readAllLines(log);
            throw new IllegalStateException("MariaDB doesn't start: its log " + log + " ends with\n"
                    + String.join("\n", said.subList(Math.max(0, said.size() - 20), said.size())));
        }
        return this;
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url(), USER, PASSWORD)) {
            return connection.isValid(10);
        } catch (SQLException notYet) {
            return false;
        }
    }
}
