package dev.caravan.pipeline.tabletoredshift.watermark;

import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Optional;

/** A column that says when a row was written, and how its values are compared in the source's SQL: never within a function, so that an index serves. */
final class TimeColumn {
    /** No clock on a wall is ever put by more than a day. */
    static final Duration AROUND = Duration.ofDays(2);

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    /** What a value is. */
    enum Form {
        /** A moment, wherever the clock stands: the session has it in UTC. */
        INSTANT,
        /** Date and time of some clock on a wall. */
        LOCAL,
        /** The date alone. */
        DATE
    }

    private final SourceKind kind;
    private final SourceColumn column;
    private final Form form;

    TimeColumn(SourceKind kind, SourceColumn column) {
        this.kind = kind;
        this.column = column;
        form = form(kind, column)
                .orElseThrow(() -> new IllegalArgumentException(
                        "column " + column.name() + " of type " + column.declared() + " is no time"));
    }

    /** Empty for what is no time. */
    static Optional<Form> form(SourceKind kind, SourceColumn column) {
        boolean mysql = kind == SourceKind.MYSQL;
        return switch (column.type()) {
            case "timestamptz" -> Optional.of(Form.INSTANT);
            case "timestamp" -> Optional.of(mysql ? Form.INSTANT : Form.LOCAL);
            case "datetime" -> Optional.of(Form.LOCAL);
            case "date" -> Optional.of(Form.DATE);
            default -> Optional.empty();
        };
    }

    /**
     * The smallest that a clock on the wall is ahead of UTC, from a time on until two days after the snapshot. On the day on which clocks are put back, an
     * hour comes twice: what is written in the second has smaller values than what was written before it. By the smallest offset, no later row has a value
     * before the bound.
     *
     * @param zone empty for the server's own, of which the source was asked
     * @throws IllegalArgumentException if nobody knows the zone
     */
    int offset(Optional<ZoneId> zone, Instant from, Horizon horizon) {
        if (form == Form.INSTANT) {
            return 0;
        }
        if (zone.isEmpty()) {
            if (kind == SourceKind.POSTGRESQL) {
                throw new IllegalArgumentException("the time zone of column " + column.name() + " isn't known");
            }
            return horizon.offsetSeconds();
        }
        ZoneRules rules = zone.get().getRules();
        Instant until = horizon.moment().plus(AROUND);
        int smallest = rules.getOffset(from).getTotalSeconds();
        ZoneOffsetTransition next = rules.nextTransition(from);
        while (next != null && next.getInstant().isBefore(until)) {
            smallest = Math.min(smallest, next.getOffsetAfter().getTotalSeconds());
            next = rules.nextTransition(next.getInstant());
        }
        return smallest;
    }

    /** The first value that isn't before the bound. */
    String literal(Watermark bound) {
        LocalDateTime local = bound.local();
        return switch (form) {
            case DATE -> "DATE '" + local.toLocalDate() + "'";
            case LOCAL -> "TIMESTAMP '" + MICROS.format(local) + "'";
            case INSTANT ->
                kind == SourceKind.MYSQL
                        ? "TIMESTAMP '" + MICROS.format(local) + "'"
                        : "TIMESTAMPTZ '" + MICROS.format(local) + "+00'";
        };
    }

    /** Whether a bound is the same for this column as another one, or before it. */
    boolean isNotAfter(Watermark bound, Watermark other) {
        return form == Form.DATE
                ? !bound.local().toLocalDate().isAfter(other.local().toLocalDate())
                : !bound.local().isAfter(other.local());
    }

    String from(Watermark bound) {
        return name() + " >= " + literal(bound);
    }

    String before(Watermark bound) {
        return name() + " < " + literal(bound);
    }

    /** For values that say nothing about when their row was written: NULL, and MySQL's zero dates. Empty if there are none. */
    String unknown() {
        String condition = kind == SourceKind.MYSQL
                ? " OR " + name() + " = '0000-00-00" + (form == Form.DATE ? "'" : " 00:00:00'")
                : "";
        return condition + (column.nullable() ? " OR " + name() + " IS NULL" : "");
    }

    private String name() {
        return kind.identifier(column.name());
    }
}
