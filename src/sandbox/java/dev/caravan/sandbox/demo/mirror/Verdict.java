package dev.caravan.sandbox.demo.mirror;

import dev.caravan.base.Quantity;
import dev.caravan.sandbox.run.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares both databases, without Caravan, and keeps what it found. */
public final class Verdict {
    private static final String LINE = "%-8s %18s %20s   %s%n";

    private final Airports airports;
    private final App app;
    private final Progress progress;
    private final List<String> faults = new ArrayList<>();
    private final StringBuilder report =
            new StringBuilder(LINE.formatted("night", "rows in Redshift", "rows in PostgreSQL", "the same"));
    private App.Own own;
    private Contents mirrored;

    Verdict(Airports airports, App app, Progress progress) {
        this.airports = airports;
        this.app = app;
        this.progress = progress;
        own = app.own();
        mirrored = app.mirrored(airports.columns());
    }

    /** Why it is no success; empty if both sides were the same after each night, and the application's own as it was. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** A line for each night. */
    public String report() {
        return report.toString();
    }

    /** What is the application's has to be as it is now from now on. */
    void rememberOwn() {
        own = app.own();
    }

    /** Every value of every row, as it is now. */
    void compare(String night) {
        Contents source = airports.contents();
        mirrored = app.mirrored(airports.columns());
        Optional<String> difference = source.difference(mirrored);
        difference.ifPresent(
                fault -> faults.add("after the " + night + " night, in Redshift and in PostgreSQL: " + fault));
        if (difference.isEmpty()) {
            progress.done("Compared: %,d rows of %d columns, every value is the same in both"
                    .formatted(source.rows().size(), source.columns().size()));
        }
        compareOwn(night);
        tell(night, source, difference.isEmpty() ? "all" : "NOT ALL");
    }

    /** PostgreSQL has to be as it was compared last, and a guard to have said why. */
    void refused(List<String> said) {
        Contents source = airports.contents();
        Optional<String> difference = mirrored.difference(app.mirrored(airports.columns()));
        difference.ifPresent(fault -> faults.add("after a run that was refused, before and now: " + fault));
        if (said.stream().noneMatch(line -> line.contains("would be deleted") && line.contains("maxDeletes"))) {
            faults.add("no guard said how many rows would be deleted");
        }
        if (difference.isEmpty()) {
            progress.done("PostgreSQL has all of its %,d rows as they were"
                    .formatted(mirrored.rows().size()));
        }
        compareOwn("fourth");
        tell("fourth", source, difference.isEmpty() ? "refused: as before" : "CHANGED");
    }

    private void compareOwn(String night) {
        App.Own now = app.own();
        Optional<String> difference =
                own.rows().difference(now.rows()).or(() -> own.stars().difference(now.stars()));
        difference.ifPresentOrElse(
                fault -> faults.add("after the " + night + " night, the application's own: " + fault),
                () -> progress.done("The application's own is as it was: " + inWords(now)));
    }

    private void tell(String night, Contents source, String verdict) {
        report.append(LINE.formatted(
                night,
                "%,d".formatted(source.rows().size()),
                "%,d".formatted(app.mirrored(List.of("id")).rows().size()),
                verdict));
    }

    private static String inWords(App.Own own) {
        String rows = Quantity.count(own.rows().rows().size(), "row");
        return own.stars().rows().isEmpty()
                ? rows
                : rows + ", and the stars of "
                        + Quantity.count(own.stars().rows().size(), "airport");
    }
}
