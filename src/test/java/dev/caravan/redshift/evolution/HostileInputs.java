package dev.caravan.redshift.evolution;

import dev.caravan.feed.Feed;
import dev.caravan.s3.event.EventReader;
import dev.caravan.s3.event.UnreadableEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Feeds every reader good files, mutated ones, and what was made to harm; runs in a small heap. Ends with {@code survived N}, or dies. */
final class HostileInputs {
    private static final long SEED = 20_261_128;
    private static final long BUDGET = 4 << 20;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Random random = new Random(SEED);
    private final AtomicInteger inputs = new AtomicInteger();
    private volatile byte[] current = {};
    private volatile String doing = "";

    private HostileInputs() {}

    /** @param arguments a folder of files that begin with {@code FORMAT-COMPRESSION-}, or {@code EVENT--}; how many mutations of each */
    @SuppressWarnings("SystemOut") // its test reads it
    public static void main(String[] arguments) throws Exception {
        HostileInputs hostile = new HostileInputs();
        hostile.watch();
        Map<String, Integer> verdicts = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            for (Path file : files.sorted().toList()) {
                List<String> name = List.of(file.getFileName().toString().split("-", 3));
                byte[] good = Files.readAllBytes(file);
                String verdict = hostile.verdict(name.get(0), name.get(1), good);
                System.out.println(file.getFileName() + ": " + verdict);
                int mutations = good.length > 1 << 16 ? 0 : Integer.parseInt(arguments[1]);
                for (int i = 0; i < mutations; i++) {
                    String what = hostile.verdict(name.get(0), name.get(1), hostile.mutated(good));
                    verdicts.merge(name.get(0) + " " + what.replaceAll("(?s)[: ].*", ""), 1, Integer::sum);
                }
            }
        }
        System.out.println(verdicts);
        System.out.println("survived " + hostile.inputs.get());
    }

    /** A reader that never comes back ends this process, too. */
    @SuppressWarnings("SystemOut")
    private void watch() {
        Thread watch = new Thread(() -> {
            int seen = 0;
            while (seen != inputs.get() || inputs.get() == 0) {
                seen = inputs.get();
                LockSupport.parkNanos(LONGEST.toNanos());
            }
            byte[] last = current;
            System.out.println("takes too long: " + doing + " "
                    + HexFormat.of().formatHex(Arrays.copyOf(last, Math.min(last.length, 1_000))));
            Runtime.getRuntime().halt(2);
        });
        watch.setDaemon(true);
        watch.start();
    }

    private String verdict(String format, String compression, byte[] bytes) {
        current = bytes;
        doing = format + " " + compression;
        inputs.incrementAndGet();
        return format.equals("EVENT") ? event(bytes) : file(format, compression, bytes);
    }

    /** As {@link FieldReader} reads it; the {@code OutOfMemoryError} that it doesn't catch ends this process. */
    private static String file(String format, String compression, byte[] bytes) {
        Feed feed = new Feed();
        feed.set("format", format);
        feed.set("copyOptions", compression);
        Fields fields = new Fields();
        try {
            long read = new FileFields(feed)
                    .read(new InMemory(bytes), bytes.length, BUDGET, new Deadline(Limits.PER_FILE), fields);
            return "read " + read + ", " + fields.names().size() + " names";
        } catch (LimitExceeded e) {
            return "limit: " + e.getMessage();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return "unreadable: " + e;
        }
    }

    /** What can't be read is an {@link UnreadableEvent}, and nothing else: any other exception would bring the event again and again. */
    private static String event(byte[] bytes) {
        EventReader reader = new EventReader();
        try {
            int objects = 0;
            for (String one : reader.records(new String(bytes, StandardCharsets.UTF_8))) {
                objects += reader.read(one).isPresent() ? 1 : 0;
            }
            return "objects " + objects;
        } catch (UnreadableEvent e) {
            return "unreadable: " + e.getMessage();
        }
    }

    /** A few bytes flipped, lengths blown up, parts repeated or left out. */
    private byte[] mutated(byte[] good) {
        byte[] bytes = good.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> {
                    byte extreme = random.nextBoolean() ? (byte) 0xff : 0x7f;
                    for (int i = at; i < Math.min(bytes.length, at + 1 + random.nextInt(9)); i++) {
                        bytes[i] = extreme;
                    }
                }
                case 3 -> bytes = Arrays.copyOf(bytes, at);
                default -> {
                    int length = random.nextInt(Math.min(64, bytes.length - at) + 1);
                    byte[] longer = new byte[bytes.length + length];
                    System.arraycopy(bytes, 0, longer, 0, at);
                    System.arraycopy(bytes, at, longer, at, length);
                    System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }

    private static final class InMemory implements FileFields.Source {
        private final byte[] bytes;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public InputStream all() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public InputStream range(long from, long to) {
            return new ByteArrayInputStream(bytes, (int) from, (int) (to - from));
        }
    }
}
