package dev.caravan.ledger.notes;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import software.amazon.awssdk.core.SdkResponse;

/** The time as DynamoDB last said it with an answer: instances and those who look at them have clocks that differ. To the second. */
final class ServersClock {
    private final Clock own;
    private volatile Duration ahead = Duration.ZERO;

    ServersClock(Clock own) {
        this.own = own;
    }

    /** DynamoDB has answered. */
    void heard(SdkResponse answer) {
        answer.sdkHttpResponse().firstMatchingHeader("Date").ifPresent(date -> {
            try {
                Instant now = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                ahead = Duration.between(own.instant(), now);
            } catch (DateTimeException e) {
                ahead = Duration.ZERO;
            }
        });
    }

    Instant now() {
        return own.instant().plus(ahead);
    }
}
