package dev.caravan.sandbox.bench.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CPU seconds that processes have taken, as Linux counts them (proc(5), {@code /proc/PID/stat}: in hundredths of a second). */
final class CpuTime {
    private static final double TICKS = 100;
    private static final int USER = 11, SYSTEM = 12, CHILDREN_USER = 13, CHILDREN_SYSTEM = 14;

    private CpuTime() {}

    /** Of a process, of those that it has started, and of those of them that have ended. */
    static double of(long pid) {
        List<String> own = stat(pid);
        double children = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToDouble(child -> {
                    List<String> fields = stat(child.pid());
                    return ticks(fields, USER) + ticks(fields, SYSTEM);
                })
                .sum();
        return (ticks(own, USER)
                        + ticks(own, SYSTEM)
                        + ticks(own, CHILDREN_USER)
                        + ticks(own, CHILDREN_SYSTEM)
                        + children)
                / TICKS;
    }

    /** Of what this process has started and what has ended since. */
    static double ofEnded() {
        List<String> own = stat(ProcessHandle.current().pid());
        return (ticks(own, CHILDREN_USER) + ticks(own, CHILDREN_SYSTEM)) / TICKS;
    }

    private static double ticks(List<String> fields, int field) {
        return fields.isEmpty() ? 0 : Double.parseDouble(fields.get(field));
    }

    /** The fields after the program's name, which may have blanks; none if the process has just ended. */
    private static List<String> stat(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "stat");
        try {
            String line = Files.readString(file);
            return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException e) {
            if (Files.notExists(file)) {
                return List.of();
            }
            throw new UncheckedIOException(e);
        }
    }
}
