package dev.caravan.cli.shell;

import dev.caravan.base.Quantity;
import dev.caravan.ledger.BatchFilter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options {@code --since} and {@code --until}: a mixin. */
public final class Period {
    public static final String FORMS =
            "a duration before now (90m, 12h, 7d), a day (2026-11-21, UTC), or a time (2026-11-21T09:00:00Z)";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Only from then on: " + FORMS + ".")
    private Optional<UnaryOperator<Instant>> since = Optional.empty();

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Only before then, written likewise.")
    private Optional<UnaryOperator<Instant>> until = Optional.empty();

    public boolean isGiven() {
        return since.isPresent() || until.isPresent();
    }

    public BatchFilter of(BatchFilter filter, Instant now) {
        return filter.between(since(now), until(now));
    }

    /** @param length how far before its end the period begins if nobody says */
    public BatchFilter of(BatchFilter filter, Instant now, Duration length) {
        Instant end = until.map(time -> time.apply(now)).orElse(now);
        return filter.between(since.map(time -> time.apply(now)).orElse(end.minus(length)), until(now));
    }

    public Instant since(Instant now) {
        return since.map(time -> time.apply(now)).orElse(Instant.EPOCH);
    }

    public Instant until(Instant now) {
        return until.map(time -> time.apply(now)).orElse(Instant.MAX);
    }

    /** A time, given the time that it is now. */
    public static final class Time implements ITypeConverter<UnaryOperator<Instant>> {
        @Override
        public UnaryOperator<Instant> convert(String value) {
            var before = Quantity.duration(value);
            if (before.isPresent()) {
                return now -> now.minus(before.get());
            }
            try {
                Instant time = value.contains("T")
                        ? OffsetDateTime.parse(value).toInstant()
                        : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
                return now -> time;
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + value + "' is no time: write " + FORMS);
            }
        }
    }
}
