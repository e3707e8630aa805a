package dev.caravan.sandbox.redshift.copy.format;

import dev.caravan.sandbox.redshift.copy.command.CopyOptions;
import dev.caravan.sandbox.redshift.copy.command.Flag;
import dev.caravan.sandbox.redshift.copy.value.Column;
import dev.caravan.sandbox.redshift.copy.value.ColumnKind;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Parquet files. Their columns go to the table's by position, whatever their names are. A row's number is its line. */
final class ParquetReader implements RecordReader {
    /** The others want more of Hadoop than is there. */
    private static final Set<CompressionCodecName> CODECS =
            Set.of(CompressionCodecName.UNCOMPRESSED, CompressionCodecName.SNAPPY);

    private final String url;
    private final ParquetFileReader file;
    private final List<Column> table;
    private final MessageType schema;
    private final MessageColumnIO columns;
    private org.apache.parquet.io.@Nullable RecordReader<Group> rows;
    private long left;
    private long number;

    private ParquetReader(String url, ParquetFileReader file, List<Column> table) {
        this.url = url;
        this.table = table;
        this.file = file;
        schema = file.getFooter().getFileMetaData().getSchema();
        columns = new ColumnIOFactory().getColumnIO(schema);
    }

    /** @throws ServerError if the file is no Parquet, or its columns don't fit the table's */
    static ParquetReader open(String url, InputStream in, List<Column> table, CopyOptions options)
            throws IOException, ServerError {
        byte[] bytes = in.readAllBytes();
        ParquetReader reader;
        try {
            reader = new ParquetReader(url, ParquetFileReader.open(new InMemory(bytes)), table);
        } catch (IOException | RuntimeException e) {
            throw invalid(url);
        }
        reader.checkCodecs();
        reader.check(options);
        return reader;
    }

    @Override
    public boolean next(RawRecord row) throws ServerError {
        row.clear();
        try {
            while (left == 0) {
                PageReadStore pages = file.readNextRowGroup();
                if (pages == null) {
                    return false;
                }
                left = pages.getRowCount();
                rows = columns.getRecordReader(pages, new GroupRecordConverter(schema));
            }
            left--;
            fill(row, Objects.requireNonNull(rows).read());
            return true;
        } catch (IOException | ParquetDecodingException e) {
            throw invalid(url);
        }
    }

    private void fill(RawRecord row, Group group) {
        row.line(++number);
        for (int i = 0; i < schema.getFieldCount(); i++) {
            if (group.getFieldRepetitionCount(i) == 0) {
                row.nullField();
            } else {
                row.field(ParquetValues.bytes(group, i, table.get(i)));
            }
        }
    }

    private void checkCodecs() throws ServerError {
        for (BlockMetaData block : file.getFooter().getBlocks()) {
            for (ColumnChunkMetaData column : block.getColumns()) {
                if (!CODECS.contains(column.getCodec())) {
                    throw ServerError.of(
                            "0A000",
                            "Parquet compressed with " + column.getCodec()
                                    + " is not supported by the sandbox's Redshift");
                }
            }
        }
    }

    private void check(CopyOptions options) throws ServerError {
        int fields = schema.getFieldCount();
        if (fields > table.size() || (fields < table.size() && !options.has(Flag.FILLRECORD))) {
            throw SpectrumError.unmatched(table.size(), fields, url);
        }
        for (int i = 0; i < fields; i++) {
            Column column = table.get(i);
            if (column.kind() == ColumnKind.SUPER && !options.has(Flag.SERIALIZETOJSON)) {
                throw ServerError.of("0A000", "SUPER column in COPY query requires SERIALIZETOJSON option");
            }
            if (!ParquetValues.fit(schema.getType(i), column)) {
                throw SpectrumError.incompatible(
                        "Parquet", url, column, schema.getType(i).toString());
            }
        }
    }

    private static ServerError invalid(String url) {
        return SpectrumError.scan("File '" + SpectrumError.http(url) + "' has an invalid version number.");
    }

    /** The sandbox's files are small. */
    private static final class InMemory implements InputFile {
        private final byte[] bytes;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long getLength() {
            return bytes.length;
        }

        @Override
        public SeekableInputStream newStream() {
            Bytes in = new Bytes(bytes);
            return new DelegatingSeekableInputStream(in) {
                @Override
                public long getPos() {
                    return in.position();
                }

                @Override
                public void seek(long position) {
                    in.position((int) position);
                }
            };
        }
    }

    private static final class Bytes extends ByteArrayInputStream {
        Bytes(byte[] bytes) {
            super(bytes);
        }

        synchronized int position() {
            return pos;
        }

        synchronized void position(int position) {
            pos = position;
        }
    }
}
