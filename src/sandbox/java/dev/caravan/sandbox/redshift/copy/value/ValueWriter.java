package dev.caravan.sandbox.redshift.copy.value;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.sandbox.redshift.copy.command.CopyOptions;
import dev.caravan.sandbox.redshift.copy.command.Flag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Checks one value against its column and appends it to the row. */
public final class ValueWriter {
    private static final int DATE_FORMAT = 1205;
    private static final int TIME_FORMAT = 1206;
    private static final int BOOLEAN_FORMAT = 1210;
    private static final int SUPER_FORMAT = 1224;
    private static final Set<String> BOOLEANS = Set.of("t", "true", "y", "yes", "1", "f", "false", "n", "no", "0");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final TextValues texts;
    private final NumberValues numbers;
    private final TemporalFormat dates;
    private final TemporalFormat times;
    private final boolean anyDate;
    private final RowBuffer out;

    public ValueWriter(CopyOptions options, RowBuffer out) {
        this.texts = new TextValues(options);
        this.numbers = new NumberValues(options);
        this.dates = new TemporalFormat(options.dateFormat());
        this.times = new TemporalFormat(options.timeFormat());
        this.anyDate = options.has(Flag.ACCEPTANYDATE);
        this.out = out;
    }

    public void write(Column column, byte[] bytes, int start, int length) throws BadValue {
        switch (column.kind()) {
            case CHAR, VARCHAR -> out.value(bytes, start, texts.check(column, bytes, start, length));
            case SMALLINT, INTEGER, BIGINT -> {
                numbers.integer(column, bytes, start, length);
                out.value(bytes, start, length);
            }
            case DECIMAL -> {
                byte[] exact = numbers.decimal(column, bytes, start, length);
                out.value(
                        exact.length > 0 ? exact : bytes,
                        exact.length > 0 ? 0 : start,
                        exact.length > 0 ? exact.length : length);
            }
            case REAL, DOUBLE -> {
                numbers.floating(column, bytes, start, length);
                out.value(bytes, start, length);
            }
            case BOOLEAN -> {
                if (!BOOLEANS.contains(text(bytes, start, length).strip().toLowerCase(Locale.ROOT))) {
                    throw new BadValue(BOOLEAN_FORMAT, 0, "Unknown boolean format");
                }
                out.value(bytes, start, length);
            }
            case DATE -> date(text(bytes, start, length).strip());
            case TIMESTAMP, TIMESTAMPTZ ->
                moment(text(bytes, start, length).strip(), column.kind() == ColumnKind.TIMESTAMPTZ);
            case SUPER -> {
                checkJson(bytes, start, length);
                out.value(bytes, start, length);
            }
            case VARBYTE ->
                write(HexValues.bytes(column, text(bytes, start, length).strip()));
            case GEOMETRY -> write(HexValues.shape(text(bytes, start, length).strip()));
            case OTHER -> out.value(bytes, start, length);
        }
    }

    private void date(String text) throws BadValue {
        Optional<String> date = dates.dateOf(text);
        if (date.isEmpty() && !anyDate) {
            throw new BadValue(
                    DATE_FORMAT,
                    0,
                    text.length() < 10 ? "Invalid Date Format - length must be 10 or more" : "Invalid date value");
        }
        write(date);
    }

    private void moment(String text, boolean zoned) throws BadValue {
        Optional<String> moment = times.momentOf(text, zoned);
        if (moment.isEmpty() && !anyDate) {
            throw new BadValue(TIME_FORMAT, 0, "Invalid timestamp format or value [" + times.inReasons(zoned) + "]");
        }
        write(moment);
    }

    private void write(Optional<String> value) {
        if (value.isEmpty()) {
            out.nullValue();
        } else {
            write(value.get().getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void write(byte[] value) {
        out.value(value, 0, value.length);
    }

    private static void checkJson(byte[] bytes, int start, int length) throws BadValue {
        try {
            JSON.readTree(bytes, start, length);
        } catch (JacksonException e) {
            throw new BadValue(SUPER_FORMAT, 0, "Invalid JSON for SUPER: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    private static String text(byte[] bytes, int start, int length) {
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }
}
