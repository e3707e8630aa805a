package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.datapipeline.definition.Definition;
import dev.caravan.migrate.datapipeline.definition.Expressions;
import dev.caravan.migrate.datapipeline.definition.PipelineObject;
import dev.caravan.migrate.draft.FeedDraft;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** When a pipeline runs, as a sync's schedule; Data Pipeline's times are UTC. */
final class Timing {
    private static final LocalDateTime ANY_MIDNIGHT = LocalDateTime.of(2024, 1, 1, 0, 0);

    private final Definition definition;
    private final Expressions expressions;

    Timing(Definition definition, Expressions expressions) {
        this.definition = definition;
        this.expressions = expressions;
    }

    /**
     * Says when a sync runs, or why it has no schedule.
     *
     * @param activity the one that loads
     * @return the schedule that it goes by
     */
    Optional<PipelineObject> apply(PipelineObject activity, FeedDraft draft) {
        Optional<PipelineObject> schedule = definition.ref(activity, "schedule");
        boolean onDemand = expressions.text(activity, "scheduleType").equalsIgnoreCase("ondemand")
                || schedule.map(of -> expressions.text(of, "period")).orElse("").equals("ONDEMAND_PERIOD");
        if (onDemand) {
            draft.comment("it has no schedule: the pipeline ran on demand, whenever it was activated");
        } else if (schedule.isEmpty()) {
            draft.comment("it has no schedule, for the definition has none for it: write schedule:");
        } else {
            apply(schedule.get(), Period.of(expressions.text(schedule.get(), "period")), draft);
        }
        return schedule;
    }

    private void apply(PipelineObject schedule, Optional<Period> period, FeedDraft draft) {
        String occurrences = expressions.text(schedule, "occurrences");
        String end = expressions.text(schedule, "endDateTime");
        if (occurrences.equals("1")) {
            draft.comment("it has no schedule: the pipeline ran once (" + schedule.label() + ", occurrences 1)");
            return;
        }
        if (period.isEmpty()) {
            draft.comment("it has no schedule: '" + expressions.text(schedule, "period") + "', the period of "
                    + schedule.label() + ", isn't understood: write schedule:");
            return;
        }
        Optional<LocalDateTime> start = start(expressions.text(schedule, "startDateTime"));
        Optional<String> cron = period.get().cron(start.orElse(ANY_MIDNIGHT));
        if (cron.isPresent()) {
            draft.set("schedule", cron.get()).set("timeZone", "UTC");
        } else {
            draft.comment("it has no schedule: cron can't say every " + period.get()
                    + start.map(from -> " from " + from).orElse("") + "; " + nearest(period.get(), start)
                    + "; times are UTC");
        }
        if (cron.isPresent() && start.isEmpty()) {
            String said = expressions.text(schedule, "startDateTime");
            draft.comment("every " + period.get() + " is what " + schedule.label() + " says, but "
                    + (said.isEmpty()
                            ? "not when: it began when the pipeline was first activated"
                            : "when it began, '" + said + "', isn't understood")
                    + "; here the day begins at midnight, UTC: set the time in schedule");
        }
        if (!occurrences.isEmpty() || !end.isEmpty()) {
            draft.comment("the pipeline ended " + (end.isEmpty() ? "after " + occurrences + " runs" : "at " + end)
                    + "; here it goes on until it is taken away");
        }
    }

    private static String nearest(Period period, Optional<LocalDateTime> start) {
        LocalDateTime from = start.orElse(ANY_MIDNIGHT);
        List<Period> nearest = period.nearest();
        if (from.getDayOfMonth() > 28 && period.cron(from.withDayOfMonth(1)).isPresent()) {
            return "not all months have a day " + from.getDayOfMonth() + ": write schedule: "
                    + period.cron(from.withDayOfMonth(28)).orElse("")
                    + " for the 28th, or L in the place of 28 for the last";
        }
        return "write one of the nearest: "
                + nearest.stream()
                        .map(each -> "schedule: " + each.cron(from).orElse("") + " (every " + each + ")")
                        .collect(Collectors.joining(" or "));
    }

    /** {@code 2026-01-31T02:00:00}, with a zone or without; a day alone is its midnight. */
    private static Optional<LocalDateTime> start(String text) {
        try {
            return text.length() <= 10
                    ? Optional.of(LocalDate.parse(text).atTime(LocalTime.MIDNIGHT))
                    : Optional.of(LocalDateTime.parse(text));
        } catch (DateTimeParseException e) {
            return zoned(text);
        }
    }

    private static Optional<LocalDateTime> zoned(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
