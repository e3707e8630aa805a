package dev.caravan.sandbox.redshift;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL keeps its files, for one server at a time. The lock dies with its JVM, so whoever holds it knows that a PostgreSQL
 * still running there is an orphan: it is ended, and its pid file removed.
 */
final class DataFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String READY = "ready";
    private static final String TEMPORARY = "data-";

    private final Path folder;
    private final FileChannel channel;
    private final boolean temporary;

    private DataFolder(Path folder, FileChannel channel, boolean temporary) {
        this.folder = folder;
        this.channel = channel;
        this.temporary = temporary;
        endOrphan();
        if (!Files.exists(folder.resolve(READY))) {
            FileUtils.deleteQuietly(postgres().toFile()); // the first start was cut short
        }
    }

    static DataFolder at(Path folder) {
        return lock(folder.toAbsolutePath())
                .map(channel -> new DataFolder(folder.toAbsolutePath(), channel, false))
                .orElseThrow(() -> new IllegalStateException("The data folder " + folder
                        + " is in use by another sandbox: stop that one, or choose another folder"));
    }

    /** A new one, after removing those that killed JVMs left. */
    static DataFolder temporary() {
        sweep();
        Path folder = home().resolve(TEMPORARY + UUID.randomUUID());
        return new DataFolder(folder, lock(folder).orElseThrow(), true);
    }

    /** One folder for each user, for binaries and temporary data: another user's may not be writable. */
    static Path home() {
        return Path.of(System.getProperty("java.io.tmpdir"), "caravan-redshift-" + System.getProperty("user.name"));
    }

    Path postgres() {
        return folder.resolve("postgres");
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    /** Set up once, so the next start keeps what is there. */
    void ready() {
        try {
            Files.writeString(folder.resolve(READY), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            FileUtils.deleteDirectory(folder.toFile());
        }
        channel.close();
    }

    private static void sweep() {
        File[] left = home().toFile().listFiles((dir, name) -> name.startsWith(TEMPORARY));
        for (File file : left == null ? new File[0] : left) {
            lock(file.toPath()).ifPresent(channel -> {
                try (DataFolder dead = new DataFolder(file.toPath(), channel, true)) {
                    dead.endOrphan();
                } catch (IOException e) {
                    throw new UncheckedIOException("Can't remove " + file, e);
                }
            });
        }
    }

    private static Optional<FileChannel> lock(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(channel);
        } catch (IOException e) {
            throw new IllegalStateException("The data folder " + folder + " can't be used: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held in this very JVM
        }
    }

    private void endOrphan() {
        Path pidFile = postgres().resolve("postmaster.pid");
        try {
            if (!Files.exists(pidFile)) {
                return;
            }
            List<String> lines = Files.readAllLines(pidFile);
            if (!lines.isEmpty()) {
                ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                        .filter(this::isOurs)
                        .ifPresent(DataFolder::end);
            }
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException e) {
            throw new IllegalStateException(pidFile + " is not PostgreSQL's", e);
        }
    }

    /** A pid may have been given to another process since. */
    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains(postgres().toString()))
                .isPresent();
    }

    /** Its children first: they hold its shared memory, and it would wait for them. */
    private static void end(ProcessHandle process) {
        try (Stream<ProcessHandle> children = process.children()) {
            List<ProcessHandle> all =
                    Stream.concat(Stream.of(process), children).toList();
            all.forEach(ProcessHandle::destroy);
            for (ProcessHandle one : all) {
                if (!ended(one)) {
                    one.destroyForcibly();
                    ended(one);
                }
            }
        }
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(5, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
