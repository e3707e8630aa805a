package dev.caravan.redshift.evolution;

import dev.caravan.base.Quantity;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.protocol.TField;
import shaded.parquet.org.apache.thrift.protocol.TList;
import shaded.parquet.org.apache.thrift.protocol.TProtocol;
import shaded.parquet.org.apache.thrift.protocol.TProtocolUtil;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/** The columns of a Parquet file, from its footer; in their order, by which COPY fills the table. */
final class ParquetFields {
    /** The footer's length and the magic number. */
    private static final int TAIL = 8;

    private static final String MAGIC = "PAR1";

    /** Where the footer has its schema, as Parquet's thrift definition numbers it. */
    private static final short SCHEMA = 2;

    // Thrift's types: the library has them inlined.
    private static final byte STOP = 0;
    private static final byte STRUCT = 12;
    private static final byte LIST = 15;

    private static final int BUFFER = 1 << 13;
    private static final int DEEPEST = 64;
    private static final int LONGEST_TEXT = 1 << 20;

    private ParquetFields() {}

    /** Bytes of a file. */
    interface Range {
        InputStream read(long from, long toExclusive) throws IOException;
    }

    /** @throws IOException also for what is no Parquet */
    static void read(long size, Range file, Fields fields) throws IOException {
        byte[] tail = new byte[TAIL];
        if (size >= TAIL) {
            try (InputStream in = file.read(size - TAIL, size)) {
                tail = in.readNBytes(TAIL);
            }
        }
        if (tail.length < TAIL || !new String(tail, 4, 4, StandardCharsets.ISO_8859_1).equals(MAGIC)) {
            throw new IOException("it is no Parquet file, or its footer is encrypted");
        }
        int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length <= 0 || length > size - TAIL || length > Limits.LARGEST_FOOTER) {
            throw new IOException("its footer can't have " + Quantity.count(length, "byte"));
        }
        try (InputStream footer = file.read(size - TAIL - length, size - TAIL)) {
            columns(new BufferedInputStream(footer, BUFFER), length, fields);
        } catch (TException e) {
            throw new IOException("its footer can't be read: " + e.getMessage(), e);
        }
    }

    /** The schema stands before all that is long, so that the rest needn't be read. Claimed lengths are checked by the library. */
    private static void columns(InputStream footer, int length, Fields fields) throws IOException, TException {
        TProtocol thrift = new TCompactProtocol(
                new TIOStreamTransport(new TConfiguration(length, length, DEEPEST), footer),
                LONGEST_TEXT,
                Limits.MOST_ELEMENTS);
        thrift.readStructBegin();
        for (TField field = thrift.readFieldBegin(); field.type != STOP; field = thrift.readFieldBegin()) {
            if (field.id == SCHEMA && field.type == LIST) {
                columns(new Elements(thrift, thrift.readListBegin()), fields);
                return;
            }
            TProtocolUtil.skip(thrift, field.type, DEEPEST);
        }
        throw new IOException("its footer has no schema");
    }

    /** The schema is a tree, written down depth first; its first element is the root. */
    private static void columns(Elements rest, Fields fields) throws IOException, TException {
        int columns = rest.next().getNum_children();
        for (int i = 0; i < columns; i++) {
            SchemaElement column = rest.next();
            fields.see(column.getName(), type(column));
            for (long within = column.getNum_children(); within > 0; within--) {
                within += Math.max(0, rest.next().getNum_children());
            }
        }
    }

    /** One after the other, lest a long list is kept. */
    private static final class Elements {
        private final TProtocol thrift;
        private int left;

        Elements(TProtocol thrift, TList list) throws IOException {
            if (list.elemType != STRUCT) {
                throw new IOException("its schema has no columns");
            }
            this.thrift = thrift;
            left = list.size;
        }

        SchemaElement next() throws IOException, TException {
            if (left-- <= 0) {
                throw new IOException("its schema ends early");
            }
            SchemaElement element = new SchemaElement();
            element.read(thrift);
            return element;
        }
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
