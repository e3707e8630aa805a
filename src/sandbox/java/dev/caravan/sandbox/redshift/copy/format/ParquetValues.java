package dev.caravan.sandbox.redshift.copy.format;

import dev.caravan.sandbox.redshift.copy.value.Column;
import dev.caravan.sandbox.redshift.copy.value.ColumnKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Parquet's types and the table's: nothing is converted that doesn't fit exactly. */
final class ParquetValues {
    private static final int JULIAN_EPOCH = 2_440_588;

    private ParquetValues() {}

    static boolean fit(Type type, Column column) {
        if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
            return false;
        }
        PrimitiveTypeName stored = type.asPrimitiveType().getPrimitiveTypeName();
        LogicalTypeAnnotation meant = type.getLogicalTypeAnnotation();
        boolean plain = !(meant instanceof DecimalLogicalTypeAnnotation)
                && !(meant instanceof DateLogicalTypeAnnotation)
                && !(meant instanceof TimestampLogicalTypeAnnotation);
        return switch (column.kind()) {
            case SMALLINT, INTEGER -> stored == PrimitiveTypeName.INT32 && plain;
            case BIGINT -> stored == PrimitiveTypeName.INT64 && plain;
            case REAL -> stored == PrimitiveTypeName.FLOAT;
            case DOUBLE -> stored == PrimitiveTypeName.DOUBLE;
            case BOOLEAN -> stored == PrimitiveTypeName.BOOLEAN;
            case DECIMAL ->
                meant instanceof DecimalLogicalTypeAnnotation decimal
                        && decimal.getPrecision() == column.precision()
                        && decimal.getScale() == column.scale();
            case DATE -> meant instanceof DateLogicalTypeAnnotation;
            case TIMESTAMP, TIMESTAMPTZ ->
                stored == PrimitiveTypeName.INT96 || meant instanceof TimestampLogicalTypeAnnotation;
            case CHAR, VARCHAR, SUPER, VARBYTE, GEOMETRY, OTHER -> stored == PrimitiveTypeName.BINARY && plain;
        };
    }

    /** A value that is there, as COPY would read it in text: bytes as the digits that only text has in their place ("VARBYTE type"). */
    static byte[] bytes(Group row, int field, Column column) {
        return column.kind() == ColumnKind.VARBYTE
                ? HexFormat.of().formatHex(row.getBinary(field, 0).getBytes()).getBytes(StandardCharsets.US_ASCII)
                : text(row, field).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Group row, int field) {
        PrimitiveType type = row.getType().getType(field).asPrimitiveType();
        @Nullable LogicalTypeAnnotation meant = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> String.valueOf(row.getBoolean(field, 0));
            case INT32 -> type.stringifier().stringify(row.getInteger(field, 0));
            case INT64 ->
                meant instanceof TimestampLogicalTypeAnnotation timestamp
                        ? timestamp(row.getLong(field, 0), timestamp.getUnit())
                        : type.stringifier().stringify(row.getLong(field, 0));
            case FLOAT -> Float.toString(row.getFloat(field, 0));
            case DOUBLE -> Double.toString(row.getDouble(field, 0));
            case INT96 -> int96(row.getInt96(field, 0));
            case BINARY, FIXED_LEN_BYTE_ARRAY ->
                meant instanceof DecimalLogicalTypeAnnotation
                        ? type.stringifier().stringify(row.getBinary(field, 0))
                        : row.getBinary(field, 0).toStringUsingUTF8();
        };
    }

    private static String timestamp(long value, LogicalTypeAnnotation.TimeUnit unit) {
        return ColumnarTime.inWords(
                switch (unit) {
                    case MILLIS -> Instant.EPOCH.plus(value, ChronoUnit.MILLIS);
                    case MICROS -> Instant.EPOCH.plus(value, ChronoUnit.MICROS);
                    case NANOS -> Instant.EPOCH.plus(value, ChronoUnit.NANOS);
                });
    }

    /** The nanoseconds of a day, and the day's Julian number. */
    private static String int96(Binary value) {
        ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong();
        return ColumnarTime.inWords(Instant.EPOCH
                .plus(bytes.getInt() - JULIAN_EPOCH, ChronoUnit.DAYS)
                .plusNanos(nanos));
    }
}
