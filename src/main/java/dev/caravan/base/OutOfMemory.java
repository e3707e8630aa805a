package dev.caravan.base;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process without memory ends, so that others take up its batches: half dead it would keep them for ever, or do anything. The JVM's own option does
 * that at the very place and can't be set from within; where it is missing, what is seen of the error ends the process.
 */
public final class OutOfMemory {
    /** The JVM's option. */
    public static final String OPTION = "ExitOnOutOfMemoryError";

    /** As the JVM with its option. */
    private static final int EXIT_CODE = 3;

    private static final int DEEPEST = 50;
    private static final Logger LOG = LoggerFactory.getLogger(OutOfMemory.class);

    private OutOfMemory() {}

    /** Whether the JVM ends by itself; true where that can't be asked. */
    public static boolean endsTheJvm() {
        try {
            HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return jvm == null || Boolean.parseBoolean(jvm.getVMOption(OPTION).getValue());
        } catch (IllegalArgumentException e) {
            return true; // another JVM
        }
    }

    /** Ends the process for what no thread catches. */
    public static void watchThreads() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
            endIf(e);
            if (before != null) {
                before.uncaughtException(thread, e);
            } else {
                LOG.error("Exception in thread {}", thread.getName(), e);
            }
        });
    }

    /** Ends the process if this, or what caused it, is an {@link OutOfMemoryError}. */
    public static void endIf(@Nullable Throwable failure) {
        if (isIn(failure)) {
            try {
                LOG.error("Out of memory: the process ends, and others take up its batches");
            } finally {
                Runtime.getRuntime().halt(EXIT_CODE); // also if there is no memory for the log
            }
        }
    }

    static boolean isIn(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
