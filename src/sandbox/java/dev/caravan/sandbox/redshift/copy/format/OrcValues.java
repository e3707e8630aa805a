package dev.caravan.sandbox.redshift.copy.format;

import dev.caravan.sandbox.redshift.copy.value.Column;
import io.trino.orc.metadata.OrcType;
import io.trino.orc.metadata.OrcType.OrcTypeKind;
import io.trino.spi.block.Block;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Decimals;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.LongTimestampWithTimeZone;
import io.trino.spi.type.RealType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarbinaryType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * ORC's types and the table's: nothing is converted that doesn't fit exactly.
 *
 * @param kind of the file's column
 * @param type by which the library reads it
 */
record OrcValues(OrcTypeKind kind, Type type) {
    private static final Set<OrcTypeKind> TEXT = Set.of(OrcTypeKind.STRING, OrcTypeKind.VARCHAR, OrcTypeKind.CHAR);

    static OrcValues of(OrcType column) {
        OrcTypeKind kind = column.getOrcTypeKind();
        return new OrcValues(
                kind,
                switch (kind) {
                    case BOOLEAN -> BooleanType.BOOLEAN;
                    case SHORT, INT, LONG -> BigintType.BIGINT;
                    case FLOAT -> RealType.REAL;
                    case DOUBLE -> DoubleType.DOUBLE;
                    case DECIMAL -> DecimalType.createDecimalType(precision(column), scale(column));
                    case DATE -> DateType.DATE;
                    case TIMESTAMP -> TimestampType.TIMESTAMP_MICROS;
                    case TIMESTAMP_INSTANT -> TimestampWithTimeZoneType.TIMESTAMP_TZ_MICROS;
                    case STRING, VARCHAR, CHAR, BINARY -> VarbinaryType.VARBINARY;
                    case BYTE, LIST, MAP, STRUCT, UNION -> throw new IllegalStateException("no column takes a " + kind);
                });
    }

    static boolean fit(OrcType stored, Column column) {
        OrcTypeKind kind = stored.getOrcTypeKind();
        return switch (column.kind()) {
            case SMALLINT -> kind == OrcTypeKind.SHORT;
            case INTEGER -> kind == OrcTypeKind.INT;
            case BIGINT -> kind == OrcTypeKind.LONG;
            case REAL -> kind == OrcTypeKind.FLOAT;
            case DOUBLE -> kind == OrcTypeKind.DOUBLE;
            case BOOLEAN -> kind == OrcTypeKind.BOOLEAN;
            case DECIMAL ->
                kind == OrcTypeKind.DECIMAL
                        && precision(stored) == column.precision()
                        && scale(stored) == column.scale();
            case DATE -> kind == OrcTypeKind.DATE;
            case TIMESTAMP -> kind == OrcTypeKind.TIMESTAMP;
            case TIMESTAMPTZ -> kind == OrcTypeKind.TIMESTAMP || kind == OrcTypeKind.TIMESTAMP_INSTANT;
            case VARBYTE -> kind == OrcTypeKind.BINARY;
            case CHAR, VARCHAR, SUPER, GEOMETRY, OTHER -> TEXT.contains(kind);
        };
    }

    /** As an ORC schema has it. */
    static String inWords(OrcType stored) {
        String name = stored.getOrcTypeKind().name().toLowerCase(Locale.ROOT);
        return switch (stored.getOrcTypeKind()) {
            case SHORT -> "smallint";
            case LONG -> "bigint";
            case BYTE -> "tinyint";
            case TIMESTAMP_INSTANT -> "timestamp with local time zone";
            case DECIMAL -> name + "(" + precision(stored) + "," + scale(stored) + ")";
            default -> name;
        };
    }

    /** A value that is there, as COPY would read it in text. */
    byte[] bytes(Block block, int row) {
        return switch (kind) {
            case STRING, VARCHAR, CHAR ->
                VarbinaryType.VARBINARY.getSlice(block, row).getBytes();
            default -> text(block, row).getBytes(StandardCharsets.US_ASCII);
        };
    }

    private String text(Block block, int row) {
        return switch (kind) {
            case BOOLEAN -> String.valueOf(type.getBoolean(block, row));
            case FLOAT -> Float.toString(Float.intBitsToFloat((int) type.getLong(block, row)));
            case DOUBLE -> Double.toString(type.getDouble(block, row));
            case DECIMAL ->
                Decimals.readBigDecimal((DecimalType) type, block, row).toPlainString();
            case DATE -> LocalDate.ofEpochDay(type.getLong(block, row)).toString();
            case TIMESTAMP -> ColumnarTime.inWords(Instant.EPOCH.plus(type.getLong(block, row), ChronoUnit.MICROS));
            case TIMESTAMP_INSTANT -> instant((LongTimestampWithTimeZone) type.getObject(block, row));
            case BINARY -> HexFormat.of().formatHex(type.getSlice(block, row).getBytes());
            default -> String.valueOf(type.getLong(block, row));
        };
    }

    private static String instant(LongTimestampWithTimeZone at) {
        return ColumnarTime.inWords(Instant.ofEpochMilli(at.getEpochMillis()).plusNanos(at.getPicosOfMilli() / 1000));
    }

    private static int precision(OrcType column) {
        return column.getPrecision().orElse(Decimals.MAX_PRECISION);
    }

    private static int scale(OrcType column) {
        return column.getScale().orElse(0);
    }
}
