package dev.caravan.redshift.admission;

import dev.caravan.base.Nearest;
import dev.caravan.base.Quantity;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** Reads {@code <cron> for <duration> [in <zone>]}, and says all that is wrong with it. */
final class WindowReader {
    private static final Pattern FORM = Pattern.compile("(?i)(.*?)\\s+for\\s+(.*?)(?:\\s+in\\s+(.*))?");
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MOST_WITHIN_ONE = 100;
    private static final String EXAMPLE = "0 0 2 ? * SUN for 90m in Europe/Berlin";

    private final List<String> faults = new ArrayList<>();
    private final Optional<NoLoadWindow> window;

    WindowReader(String text) {
        window = read(text);
    }

    /** Empty if there are faults. */
    Optional<NoLoadWindow> window() {
        return window;
    }

    /** Clauses without a full stop. */
    List<String> faults() {
        return faults;
    }

    private Optional<NoLoadWindow> read(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            faults.add(
                    "write when it begins, for how long, and in which time zone if not in UTC, for example " + EXAMPLE);
            return Optional.empty();
        }
        Optional<CronExpression> clockTimes = cron(parts.group(1));
        Optional<Duration> length = length(parts.group(2));
        Optional<ZoneId> zone = parts.group(3) == null ? Optional.of(ZoneOffset.UTC) : zone(parts.group(3));
        Optional<NoLoadWindow> whole =
                clockTimes.flatMap(c -> length.flatMap(l -> zone.map(z -> new NoLoadWindow(c, l, z))));
        if (whole.isPresent() && beginsOftenWithinItself(whole.get())) {
            faults.add("it begins more than " + MOST_WITHIN_ONE
                    + " times before its first end: write its cron with fewer times");
            return Optional.empty();
        }
        return whole;
    }

    private static boolean beginsOftenWithinItself(NoLoadWindow window) {
        Optional<Instant> first = window.firstBeginning(Instant.EPOCH);
        Optional<Instant> next = first;
        for (int i = 0; i < MOST_WITHIN_ONE && next.isPresent(); i++) {
            next = window.firstBeginning(next.get());
        }
        return next.isPresent() && next.get().isBefore(first.orElseThrow().plus(window.length()));
    }

    private Optional<CronExpression> cron(String text) {
        try {
            CronExpression cron = new CronExpression(text.strip());
            cron.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
            if (cron.getNextValidTimeAfter(Date.from(Instant.EPOCH)) != null) {
                return Optional.of(cron);
            }
            faults.add("its time never comes");
        } catch (ParseException | RuntimeException e) {
            faults.add("Quartz doesn't understand '" + text.strip() + "' ("
                    + String.valueOf(e.getMessage()).replaceFirst("[.]$", "")
                    + "): write seconds, minutes, hours, day of month, month and day of week, with ? for the day that doesn't"
                    + " matter, for example 0 0 2 ? * SUN");
        }
        return Optional.empty();
    }

    private Optional<Duration> length(String text) {
        Optional<Duration> length = Quantity.duration(text.strip())
                .filter(l -> l.compareTo(Duration.ZERO) > 0 && l.compareTo(LONGEST) <= 0);
        if (length.isEmpty()) {
            faults.add("'" + text.strip() + "' is not a length of time: write 30s, 90m, 2h or 1d, at most 366d");
        }
        return length;
    }

    private Optional<ZoneId> zone(String text) {
        String name = text.strip();
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            Set<String> known = ZoneId.getAvailableZoneIds();
            Optional<String> hint = Nearest.hint(name, known)
                    .or(() -> known.stream()
                            .filter(id -> id.toLowerCase(Locale.ROOT).endsWith("/" + name.toLowerCase(Locale.ROOT)))
                            .min(Comparator.naturalOrder())
                            .map(id -> "did you mean '" + id + "'?"));
            faults.add("there is no time zone '" + name + "': "
                    + hint.orElse("write it like Europe/Berlin or America/New_York"));
            return Optional.empty();
        }
    }
}
