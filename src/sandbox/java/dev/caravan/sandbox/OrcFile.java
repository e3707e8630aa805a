package dev.caravan.sandbox;

import static io.airlift.slice.Slices.utf8Slice;
import static io.airlift.slice.Slices.wrappedBuffer;

import io.trino.orc.OrcWriteValidation.OrcWriteValidationMode;
import io.trino.orc.OrcWriter;
import io.trino.orc.OrcWriterOptions;
import io.trino.orc.OrcWriterStats;
import io.trino.orc.OutputStreamOrcDataSink;
import io.trino.orc.metadata.CompressionKind;
import io.trino.orc.metadata.OrcType;
import io.trino.spi.PageBuilder;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Decimals;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.LongTimestampWithTimeZone;
import io.trino.spi.type.RealType;
import io.trino.spi.type.SmallintType;
import io.trino.spi.type.TimeZoneKey;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.TinyintType;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeUtils;
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes ORC.
 *
 * @param columns names and types, as ORC writes them: {@code id:int,price:decimal(10.2),name:string}, but with a dot in a decimal
 * @param stripe rows of a stripe
 */
public record OrcFile(String columns, CompressionKind compression, int stripe) {
    /** As most are written. */
    public OrcFile(String columns) {
        this(columns, CompressionKind.ZLIB, 10_000);
    }

    /** A row has its values by their names; one that isn't there is null. */
    public byte[] of(List<Map<String, Object>> rows) {
        List<String> names = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        for (String column : columns.split(",", -1)) {
            String[] parts = column.strip().split(":", 2);
            names.add(parts[0]);
            types.add(type(parts[1]));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OrcWriter file = new OrcWriter(
                new OutputStreamOrcDataSink(bytes),
                names,
                types,
                OrcType.createRootOrcType(names, types),
                compression,
                new OrcWriterOptions().withStripeMaxRowCount(stripe),
                Map.of(),
                false,
                OrcWriteValidationMode.BOTH,
                new OrcWriterStats())) {
            for (Map<String, Object> row : rows) {
                PageBuilder page = new PageBuilder(types);
                page.declarePosition();
                for (int i = 0; i < types.size(); i++) {
                    write(types.get(i), page.getBlockBuilder(i), row.get(names.get(i)));
                }
                file.write(page.build());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Type type(String written) {
        String[] parts = written.split("[(.)]");
        int[] numbers = Arrays.stream(parts).skip(1).mapToInt(Integer::parseInt).toArray();
        return switch (parts[0]) {
            case "boolean" -> BooleanType.BOOLEAN;
            case "tinyint" -> TinyintType.TINYINT;
            case "smallint" -> SmallintType.SMALLINT;
            case "int" -> IntegerType.INTEGER;
            case "bigint" -> BigintType.BIGINT;
            case "float" -> RealType.REAL;
            case "double" -> DoubleType.DOUBLE;
            case "decimal" -> DecimalType.createDecimalType(numbers[0], numbers[1]);
            case "date" -> DateType.DATE;
            case "timestamp" -> TimestampType.TIMESTAMP_MICROS;
            case "instant" -> TimestampWithTimeZoneType.TIMESTAMP_TZ_MICROS;
            case "string" -> VarcharType.VARCHAR;
            case "varchar" -> VarcharType.createVarcharType(numbers[0]);
            case "char" -> CharType.createCharType(numbers[0]);
            case "binary" -> VarbinaryType.VARBINARY;
            case "list" -> new ArrayType(IntegerType.INTEGER);
            default -> throw new IllegalArgumentException("no type of ORC: " + written);
        };
    }

    private static void write(Type type, BlockBuilder out, @Nullable Object value) {
        if (value == null) {
            out.appendNull();
        } else {
            TypeUtils.writeNativeValue(type, out, stored(type, value));
        }
    }

    private static Object stored(Type type, Object value) {
        if (value instanceof BigDecimal number && type instanceof DecimalType decimal) {
            return decimal.isShort()
                    ? (Object) Decimals.encodeShortScaledValue(number, decimal.getScale())
                    : Decimals.encodeScaledValue(number, decimal.getScale());
        } else if (value instanceof Float number) {
            return (long) Float.floatToIntBits(number);
        } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        } else if (value instanceof String text) {
            return utf8Slice(text);
        } else if (value instanceof byte[] bytes) {
            return wrappedBuffer(bytes);
        } else if (value instanceof LocalDate day) {
            return day.toEpochDay();
        } else if (value instanceof Instant at && type instanceof TimestampType) {
            return at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
        } else if (value instanceof Instant at) {
            return LongTimestampWithTimeZone.fromEpochSecondsAndFraction(
                    at.getEpochSecond(), at.getNano() * 1000L, TimeZoneKey.UTC_KEY);
        }
        return value;
    }
}
