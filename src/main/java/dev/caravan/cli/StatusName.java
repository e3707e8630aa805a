package dev.caravan.cli;

import dev.caravan.batch.BatchStatus;
import dev.caravan.feed.Nearest;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A batch's status by its word. */
final class StatusName implements ITypeConverter<BatchStatus> {
    @Override
    public BatchStatus convert(String value) {
        List<String> words =
                Stream.of(BatchStatus.values()).map(BatchStatus::word).toList();
        if (!words.contains(value)) {
            throw new TypeConversionException("'" + value + "' is no status: "
                    + Nearest.hint(value, words).orElse("write one of " + String.join(", ", words)));
        }
        return BatchStatus.of(value);
    }
}
