package dev.caravan.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final AtomicLong now = new AtomicLong();
    private final StringWriter err = new StringWriter();

    @Test
    void onATerminalOneLineIsWrittenOver_andLeavesNothing() {
        try (Progress progress = new Progress(new PrintWriter(err), true, now::get)) {
            run(progress, 3);
        }
        assertThat(err).hasToString("\r\033[K1 s\r\033[K2 s\r\033[K3 s\r\033[K");
    }

    @Test
    void elsewhereThereIsALineEveryTenSeconds() {
        try (Progress progress = new Progress(new PrintWriter(err), false, now::get)) {
            run(progress, 25);
        }
        assertThat(err).hasToString("10 s\n20 s\n");
    }

    private void run(Progress progress, int seconds) {
        for (int i = 1; i <= seconds; i++) {
            int second = i;
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
            progress.tell(() -> second + " s");
            progress.tell(() -> "too soon");
        }
    }
}
