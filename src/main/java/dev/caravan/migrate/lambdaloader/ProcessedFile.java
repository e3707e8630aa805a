package dev.caravan.migrate.lambdaloader;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * An item of {@code LambdaRedshiftProcessedFiles}: a file that the AWS loader takes no second time.
 *
 * @param file {@code bucket/key} as the loader wrote it: see {@link LoaderFile}
 * @param batch the batch that it is in; empty if the loader died before it was in one
 * @param received when its event came; empty if that isn't known
 */
record ProcessedFile(String file, Optional<String> batch, Optional<Instant> received) {
    private static final DateTimeFormatter READABLE = DateTimeFormatter.ofPattern("yyyy-MM-dd-HH:mm:ss");

    static ProcessedFile of(Item item) {
        return new ProcessedFile(
                item.text("loadFile").orElse(""),
                item.text("batchId"),
                item.text("receiveDateTime").flatMap(ProcessedFile::time));
    }

    /** In words, in UTC; some versions write seconds since 1970. */
    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(
                    text.matches("[\\d.]+")
                            ? Instant.ofEpochMilli(
                                    new BigDecimal(text).movePointRight(3).longValue())
                            : LocalDateTime.parse(text, READABLE).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
