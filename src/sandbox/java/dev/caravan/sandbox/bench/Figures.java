package dev.caravan.sandbox.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a run has found, each with its name, in the order in which it is told. */
final class Figures {
    private final Map<String, String> figures = new LinkedHashMap<>();

    /** Written with three significant digits, and whole numbers whole. */
    Figures put(String name, double value) {
        return put(name, number(value));
    }

    Figures put(String name, long value) {
        return put(name, number((double) value));
    }

    Figures put(String name, String value) {
        figures.put(name, value);
        return this;
    }

    /** Throws {@link IllegalArgumentException} for a name that is not there. */
    String value(String name) {
        String value = figures.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no figure " + name + " among " + figures.keySet());
        }
        return value;
    }

    /** Whether no file is lost or doubled; true if that was not looked at. */
    boolean isGood() {
        return figures.getOrDefault("lost", "0").equals("0")
                && figures.getOrDefault("doubled", "0").equals("0");
    }

    /** One {@code name: value} a line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        figures.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size < 0.0005) {
            return String.format(Locale.ROOT, "%.2g", value);
        }
        int digits = size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
