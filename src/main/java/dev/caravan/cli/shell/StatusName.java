package dev.caravan.cli.shell;

import dev.caravan.base.Nearest;
import dev.caravan.batch.BatchStatus;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A batch's status by its word. */
public final class StatusName implements ITypeConverter<BatchStatus>, Iterable<String> {
    private static final List<String> WORDS =
            Stream.of(BatchStatus.values()).map(BatchStatus::word).toList();

    @Override
    public BatchStatus convert(String value) {
        if (!WORDS.contains(value)) {
            throw new TypeConversionException("'" + value + "' is no status: "
                    + Nearest.hint(value, WORDS).orElse("write one of " + String.join(", ", WORDS)));
        }
        return BatchStatus.of(value);
    }

    @Override
    public Iterator<String> iterator() {
        return WORDS.iterator();
    }
}
