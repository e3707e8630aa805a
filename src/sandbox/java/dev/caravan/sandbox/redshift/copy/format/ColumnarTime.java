package dev.caravan.sandbox.redshift.copy.format;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Times of columnar files, which are numbers there. */
final class ColumnarTime {
    private ColumnarTime() {}

    /** As COPY would read it in text. Redshift has microseconds. */
    static String inWords(Instant instant) {
        return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC)
                .toString()
                .replace('T', ' ')
                .replaceFirst(" (\\d\\d:\\d\\d)$", " $1:00");
    }
}
