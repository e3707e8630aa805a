package dev.caravan.cli.shell;

import dev.caravan.base.Shown;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Where commands write. Whatever they write came through here, so that no key, value or word of a service reaches the terminal as anything but visible
 * characters. What is printed is one line; a text of several lines is printed line by line.
 */
public final class Terminal extends PrintWriter {
    private final PrintWriter raw;

    public Terminal(PrintWriter raw) {
        super(new Writer() {
            @Override
            public void write(char[] chars, int from, int length) {
                raw.print(Shown.lines(new String(chars, from, length)));
            }

            @Override
            public void flush() {
                raw.flush();
            }

            @Override
            public void close() {
                raw.close();
            }
        });
        this.raw = raw;
    }

    /** The lines of a text, of which each was made to be one. */
    public static void print(PrintWriter out, String text) {
        text.lines().forEach(out::println);
    }

    /** Prints as it is what was made here of nothing foreign: what moves the cursor, a script, a screen. */
    public static void printRaw(PrintWriter out, String text) {
        (out instanceof Terminal terminal ? terminal.raw : out).print(text);
    }

    @Override
    public void print(String line) {
        super.print(Shown.line(line));
    }

    @Override
    public void println(String line) {
        print(line);
        println();
    }

    @Override
    public void println(Object line) {
        println(String.valueOf(line));
    }

    /** The raw writer may be one that flushes at the end of each line. */
    @Override
    public void println() {
        raw.println();
    }
}
