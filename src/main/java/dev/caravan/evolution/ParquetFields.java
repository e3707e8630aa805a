package dev.caravan.evolution;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/** The columns of a Parquet file, from its footer; in their order, by which COPY fills the table. */
final class ParquetFields {
    /** The footer's length and the magic number. */
    static final int TAIL = 8;

    private static final String MAGIC = "PAR1";
    private static final int LARGEST_FOOTER = 64 << 20;

    private ParquetFields() {}

    /** Bytes of a file. */
    interface Range {
        byte[] read(long from, long toExclusive) throws IOException;
    }

    /** @throws IOException also for what is no Parquet */
    static void read(long size, Range file, Fields fields) throws IOException {
        byte[] tail = size < TAIL ? new byte[TAIL] : file.read(size - TAIL, size);
        if (!new String(tail, 4, 4, StandardCharsets.ISO_8859_1).equals(MAGIC)) {
            throw new IOException("it is no Parquet file, or its footer is encrypted");
        }
        int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length <= 0 || length > size - TAIL || length > LARGEST_FOOTER) {
            throw new IOException("its footer can't have " + length + " bytes");
        }
        FileMetaData footer =
                Util.readFileMetaData(new ByteArrayInputStream(file.read(size - TAIL - length, size - TAIL)), true);
        columns(footer.getSchema(), fields);
    }

    /** The schema is a tree, written down depth first; its first element is the root. */
    private static void columns(List<SchemaElement> schema, Fields fields) throws IOException {
        Iterator<SchemaElement> rest = schema.iterator();
        int columns = rest.hasNext() ? rest.next().getNum_children() : 0;
        for (int i = 0; i < columns; i++) {
            SchemaElement column = next(rest);
            fields.see(column.getName(), type(column));
            for (int within = column.getNum_children(); within > 0; within--) {
                within += next(rest).getNum_children();
            }
        }
    }

    private static SchemaElement next(Iterator<SchemaElement> rest) throws IOException {
        if (!rest.hasNext()) {
            throw new IOException("its schema ends early");
        }
        return rest.next();
    }

    /** Columns must be of the very types. */
    private static Optional<ColumnType> type(SchemaElement column) {
        if (column.getNum_children() > 0 || column.getType() == null) {
            return Optional.of(ColumnType.SUPER);
        }
        LogicalType logical = column.getLogicalType();
        ConvertedType converted = column.getConverted_type();
        if (converted == ConvertedType.DECIMAL || (logical != null && logical.isSetDECIMAL())) {
            return Optional.of(ColumnType.decimal(column.getPrecision(), column.getScale()));
        }
        if (converted == ConvertedType.DATE || (logical != null && logical.isSetDATE())) {
            return Optional.of(ColumnType.DATE);
        }
        if (converted == ConvertedType.TIMESTAMP_MILLIS
                || converted == ConvertedType.TIMESTAMP_MICROS
                || (logical != null && logical.isSetTIMESTAMP())) {
            return Optional.of(ColumnType.TIMESTAMP);
        }
        return switch (column.getType()) {
            case BOOLEAN -> Optional.of(ColumnType.BOOLEAN);
            case INT32 ->
                Optional.of(
                        converted == ConvertedType.INT_8 || converted == ConvertedType.INT_16
                                ? ColumnType.SMALLINT
                                : ColumnType.INTEGER);
            case INT64 -> Optional.of(ColumnType.BIGINT);
            case INT96 -> Optional.of(ColumnType.TIMESTAMP);
            case FLOAT -> Optional.of(ColumnType.REAL);
            case DOUBLE -> Optional.of(ColumnType.DOUBLE);
            case BYTE_ARRAY -> Optional.of(ColumnType.TEXT);
            case FIXED_LEN_BYTE_ARRAY -> Optional.empty();
        };
    }
}
