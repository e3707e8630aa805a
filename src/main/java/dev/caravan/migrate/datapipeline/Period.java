package dev.caravan.migrate.datapipeline;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How often a pipeline runs, {@code 15 minutes} to {@code 3 years}, and Quartz's cron for the same, as far as there is one. */
record Period(int amount, Unit unit) {
    private static final Pattern TEXT =
            Pattern.compile("\\s*(\\d{1,6})\\s*(minute|hour|day|week|month|year)s?\\s*", Pattern.CASE_INSENSITIVE);

    /** In their order. */
    enum Unit {
        MINUTE(1),
        HOUR(60),
        DAY(1440),
        WEEK(10_080),
        MONTH(43_800),
        YEAR(525_600);

        private final long minutes;

        Unit(long minutes) {
            this.minutes = minutes;
        }
    }

    private static final List<Period> LADDER = List.of(
            new Period(15, Unit.MINUTE),
            new Period(20, Unit.MINUTE),
            new Period(30, Unit.MINUTE),
            new Period(1, Unit.HOUR),
            new Period(2, Unit.HOUR),
            new Period(3, Unit.HOUR),
            new Period(4, Unit.HOUR),
            new Period(6, Unit.HOUR),
            new Period(8, Unit.HOUR),
            new Period(12, Unit.HOUR),
            new Period(1, Unit.DAY),
            new Period(1, Unit.WEEK),
            new Period(1, Unit.MONTH),
            new Period(2, Unit.MONTH),
            new Period(3, Unit.MONTH),
            new Period(4, Unit.MONTH),
            new Period(6, Unit.MONTH),
            new Period(1, Unit.YEAR));

    static Optional<Period> of(String text) {
        Matcher period = TEXT.matcher(text);
        if (!period.matches() || Integer.parseInt(period.group(1)) == 0) {
            return Optional.empty();
        }
        Period plain = new Period(
                Integer.parseInt(period.group(1)), Unit.valueOf(period.group(2).toUpperCase(Locale.ROOT)));
        return Optional.of(plain.inTheLargestUnit());
    }

    private Period inTheLargestUnit() {
        return switch (unit) {
            case MINUTE -> amount % 60 == 0 ? new Period(amount / 60, Unit.HOUR).inTheLargestUnit() : this;
            case HOUR -> amount % 24 == 0 ? new Period(amount / 24, Unit.DAY).inTheLargestUnit() : this;
            case DAY -> amount % 7 == 0 ? new Period(amount / 7, Unit.WEEK) : this;
            case MONTH -> amount % 12 == 0 ? new Period(amount / 12, Unit.YEAR) : this;
            default -> this;
        };
    }

    /** A cron that comes at the same times, counted from a start; empty if cron can't say it. */
    Optional<String> cron(LocalDateTime start) {
        String at = start.getSecond() + " " + start.getMinute() + " " + start.getHour() + " ";
        int day = start.getDayOfMonth();
        int month = start.getMonthValue();
        return switch (unit) {
            case MINUTE ->
                divides(60)
                        .map(all -> start.getSecond() + " " + start.getMinute() % amount + "/" + amount + " * * * ?");
            case HOUR ->
                divides(24)
                        .map(all -> start.getSecond() + " " + start.getMinute() + " "
                                + (amount == 1 ? "*" : start.getHour() % amount + "/" + amount) + " * * ?");
            case DAY -> divides(1).map(all -> at + "* * ?");
            case WEEK ->
                divides(1)
                        .map(all -> at + "? * "
                                + start.getDayOfWeek()
                                        .getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                                        .toUpperCase(Locale.ROOT));
            case MONTH ->
                divides(12)
                        .filter(all -> day <= 28 || day == 31)
                        .map(all -> at + (day == 31 ? "L" : day) + " "
                                + (amount == 1 ? "*" : ((month - 1) % amount + 1) + "/" + amount) + " ?");
            case YEAR -> divides(1).filter(all -> day <= 28 || month != 2).map(all -> at + day + " " + month + " ?");
        };
    }

    /** The nearest that cron can say, a shorter and a longer one. */
    List<Period> nearest() {
        long minutes = amount * unit.minutes;
        Optional<Period> shorter = LADDER.stream()
                .filter(step -> step.amount * step.unit.minutes < minutes)
                .reduce((one, other) -> other);
        Optional<Period> longer = LADDER.stream()
                .filter(step -> step.amount * step.unit.minutes > minutes)
                .findFirst();
        return Stream.of(shorter, longer).flatMap(Optional::stream).toList();
    }

    private Optional<Period> divides(int whole) {
        return whole % amount == 0 ? Optional.of(this) : Optional.empty();
    }

    /** For example {@code 15 minutes}; {@code hour} for one. */
    @Override
    public String toString() {
        String word = unit.name().toLowerCase(Locale.ROOT);
        return amount == 1 ? word : amount + " " + word + "s";
    }
}
