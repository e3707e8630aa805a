package dev.caravan.sandbox.redshift;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * Where PostgreSQL keeps its files, for one server at a time. The lock dies with its JVM, so whoever holds it knows that a PostgreSQL
 * still running there is an orphan: it is ended, and its pid file removed.
 */
final class DataFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String READY = "ready";
    private static final String TEMPORARY = "data-";
    private static final Duration SURELY_LOCKED = Duration.ofMinutes(1);

    /** Those locked by this JVM: opening and closing such a lock file again would release the lock. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

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

    static DataFolder at(Path given) {
        Path folder = given.toAbsolutePath().normalize();
        return lock(folder)
                .map(channel -> new DataFolder(folder, channel, false))
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
        try {
            if (temporary) {
                FileUtils.deleteDirectory(folder.toFile());
            }
        } finally {
            channel.close();
            OWN.remove(folder);
        }
    }

    private static void sweep() {
        File[] left = home().toFile().listFiles((dir, name) -> name.startsWith(TEMPORARY));
        long newest = System.currentTimeMillis() - SURELY_LOCKED.toMillis(); // younger ones may be about to be locked
        for (File file : left == null ? new File[0] : left) {
            if (file.lastModified() < newest) {
                lock(file.toPath()).ifPresent(channel -> remove(new DataFolder(file.toPath(), channel, true)));
            }
        }
    }

    private static void remove(DataFolder dead) {
        try {
            dead.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't remove " + dead.folder, e);
        }
    }

    /** Empty when another server holds the lock, in this JVM or in another. */
    private static Optional<FileChannel> lock(Path folder) {
        if (!OWN.add(folder)) {
            return Optional.empty();
        }
        boolean locked = false;
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            if (!locked) {
                channel.close();
            }
            return locked ? Optional.of(channel) : Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("The data folder " + folder + " can't be used: " + e, e);
        } finally {
            if (!locked) {
                OWN.remove(folder);
            }
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
