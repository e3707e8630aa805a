package dev.caravan.sandbox.redshift.unload.file;

import dev.caravan.sandbox.redshift.wire.ServerError;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A result's types in Parquet. "Amazon Redshift represents SUPER columns in Parquet as the JSON data type"; of a TIMESTAMPTZ "only the timestamp values
 * are unloaded" (here, in UTC). That timestamps are INT96 and decimals FIXED_LEN_BYTE_ARRAY is told by users, not by AWS.
 */
final class ParquetColumns {
    private static final int DECIMAL_BYTES = 16;
    private static final int JULIAN_EPOCH = 2_440_588;
    private static final long NANOS_OF_SECOND = 1_000_000_000L;
    private static final long SECONDS_OF_DAY = 86_400;
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();
    private static final DateTimeFormatter ZONED = new DateTimeFormatterBuilder()
            .append(TIMESTAMP)
            .appendOffset("+HH:mm:ss", "+00")
            .toFormatter();

    private ParquetColumns() {}

    static void check(ResultColumn column) throws ServerError {
        if (column.type() == ResultType.DECIMAL && !column.hasPrecision()) {
            throw ServerError.of(
                    "0A000",
                    "Column \"" + column.name()
                            + "\" has no precision in the sandbox's Redshift: cast it, for example to DECIMAL(18, 2)");
        }
        if (column.type() == ResultType.TIME || column.type() == ResultType.TIMETZ) {
            throw ServerError.of(
                    "0A000",
                    column.type() + " column \"" + column.name()
                            + "\" can't be unloaded to Parquet by the sandbox's Redshift");
        }
    }

    static MessageType schema(List<ResultColumn> columns) {
        return new MessageType(
                "schema", columns.stream().map(ParquetColumns::type).toList());
    }

    private static Type type(ResultColumn column) {
        return switch (column.type()) {
            case BOOLEAN -> plain(PrimitiveTypeName.BOOLEAN, column);
            case SMALLINT ->
                Types.optional(PrimitiveTypeName.INT32)
                        .as(LogicalTypeAnnotation.intType(16, true))
                        .named(column.name());
            case INTEGER -> plain(PrimitiveTypeName.INT32, column);
            case BIGINT -> plain(PrimitiveTypeName.INT64, column);
            case REAL -> plain(PrimitiveTypeName.FLOAT, column);
            case DOUBLE -> plain(PrimitiveTypeName.DOUBLE, column);
            case DECIMAL ->
                Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                        .length(DECIMAL_BYTES)
                        .as(LogicalTypeAnnotation.decimalType(column.scale(), column.precision()))
                        .named(column.name());
            case DATE ->
                Types.optional(PrimitiveTypeName.INT32)
                        .as(LogicalTypeAnnotation.dateType())
                        .named(column.name());
            case TIMESTAMP, TIMESTAMPTZ -> plain(PrimitiveTypeName.INT96, column);
            case SUPER -> text(LogicalTypeAnnotation.jsonType(), column);
            case CHAR, VARCHAR, TIME, TIMETZ, VARBYTE, GEOMETRY -> text(LogicalTypeAnnotation.stringType(), column);
        };
    }

    private static Type plain(PrimitiveTypeName type, ResultColumn column) {
        return Types.optional(type).named(column.name());
    }

    private static Type text(LogicalTypeAnnotation as, ResultColumn column) {
        return Types.optional(PrimitiveTypeName.BINARY).as(as).named(column.name());
    }

    static void write(ResultColumn column, String text, RecordConsumer to) {
        switch (column.type()) {
            case BOOLEAN -> to.addBoolean(text.equals("t"));
            case SMALLINT, INTEGER -> to.addInteger(Integer.parseInt(text));
            case BIGINT -> to.addLong(Long.parseLong(text));
            case REAL -> to.addFloat(Float.parseFloat(text));
            case DOUBLE -> to.addDouble(Double.parseDouble(text));
            case DECIMAL -> to.addBinary(decimal(new BigDecimal(text).setScale(column.scale())));
            case DATE -> to.addInteger((int) LocalDate.parse(text).toEpochDay());
            case TIMESTAMP ->
                to.addBinary(int96(LocalDateTime.parse(text, TIMESTAMP).toInstant(ZoneOffset.UTC)));
            case TIMESTAMPTZ ->
                to.addBinary(int96(OffsetDateTime.parse(text, ZONED).toInstant()));
            case SUPER -> to.addBinary(Binary.fromString(Json.compact(text)));
            case CHAR, VARCHAR, TIME, TIMETZ, VARBYTE, GEOMETRY -> to.addBinary(Binary.fromString(text));
        }
    }

    private static Binary decimal(BigDecimal value) {
        byte[] digits = value.unscaledValue().toByteArray();
        byte[] bytes = new byte[DECIMAL_BYTES];
        Arrays.fill(bytes, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(digits, 0, bytes, DECIMAL_BYTES - digits.length, digits.length);
        return Binary.fromConstantByteArray(bytes);
    }

    private static Binary int96(Instant instant) {
        long day = Math.floorDiv(instant.getEpochSecond(), SECONDS_OF_DAY);
        long nanos = Math.floorMod(instant.getEpochSecond(), SECONDS_OF_DAY) * NANOS_OF_SECOND + instant.getNano();
        return Binary.fromConstantByteArray(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(nanos)
                .putInt((int) day + JULIAN_EPOCH)
                .array());
    }
}
