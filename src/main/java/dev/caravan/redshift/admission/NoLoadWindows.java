package dev.caravan.redshift.admission;

import dev.caravan.base.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Planned times in which nothing is loaded while events and files go on being recorded. Immutable. */
public final class NoLoadWindows {
    /** The setting that plans them. */
    public static final String SETTING = "caravan.no-load-windows";

    /** More windows in a row than this are no plan. */
    private static final int MOST_IN_A_ROW = 5_000;

    /** A moment like any other, from which to try a plan. */
    private static final Instant TRIAL = Instant.parse("2000-01-01T00:00:00Z");

    private final List<NoLoadWindow> windows;
    private final List<Fault> faults;

    private NoLoadWindows(List<NoLoadWindow> windows, List<Fault> faults) {
        this.windows = List.copyOf(windows);
        this.faults = List.copyOf(faults);
    }

    /**
     * Reads the setting.
     *
     * @param text windows separated by semicolons, each {@code <cron> for <duration> [in <zone>]}; blank for none. The cron has
     *     Quartz's fields, seconds first; the zone is UTC unless it is named
     * @return the windows that can be understood; of the others, {@link #faults}
     */
    public static NoLoadWindows of(String text) {
        List<NoLoadWindow> windows = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        for (String part : text.split(";", -1)) {
            if (!part.isBlank()) {
                WindowReader reader = new WindowReader(part.strip());
                reader.window().ifPresent(windows::add);
                reader.faults().forEach(advice -> faults.add(new Fault(SETTING, part.strip(), advice)));
            }
        }
        if (new NoLoadWindows(windows, faults).neverEnd()) {
            faults.add(new Fault(
                    SETTING,
                    text.strip(),
                    "each window begins before the last has ended, so that nothing would ever be loaded"));
        }
        return new NoLoadWindows(windows, faults);
    }

    /** What is wrong with the setting, a fault for each window and mistake. */
    public List<Fault> faults() {
        return faults;
    }

    /**
     * When loads may go on.
     *
     * @return empty if no window covers {@code now}; else the end of the one that does, or, where others overlap it or begin when it
     *     ends, of the last of these
     */
    public Optional<Instant> endAt(Instant now) {
        Instant end = now;
        for (int i = 0; i < MOST_IN_A_ROW; i++) {
            Instant later = latestEnd(end);
            if (!later.isAfter(end)) {
                break;
            }
            end = later;
        }
        return end.isAfter(now) ? Optional.of(end) : Optional.empty();
    }

    private Instant latestEnd(Instant then) {
        Instant latest = then;
        for (NoLoadWindow window : windows) {
            Instant end = window.endAt(then).orElse(then);
            latest = end.isAfter(latest) ? end : latest;
        }
        return latest;
    }

    private boolean neverEnd() {
        return windows.stream()
                .flatMap(window -> window.firstBeginning(TRIAL).stream())
                .anyMatch(begin ->
                        endAt(begin).filter(end -> latestEnd(end).isAfter(end)).isPresent());
    }
}
