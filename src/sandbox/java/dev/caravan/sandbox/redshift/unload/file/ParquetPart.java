package dev.caravan.sandbox.redshift.unload.file;

import dev.caravan.sandbox.redshift.unload.command.UnloadOptions;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;

/**
 * A Parquet file: "version 1.0 format", row groups compressed with SNAPPY. "The MAXFILESIZE value that you specify is automatically rounded down to the
 * nearest multiple of 32 MB"; what becomes of one below that isn't said, here it is 32 MB.
 */
final class ParquetPart implements PartFile {
    private static final long STEP = 32L << 20;

    private final ParquetWriter<Row> writer;
    private final long maxSize;
    private long rows;

    ParquetPart(Path path, List<ResultColumn> columns, UnloadOptions options) throws IOException {
        maxSize = Math.max(STEP, options.maxFileSize() / STEP * STEP);
        writer = new Builder(new LocalOutputFile(path), columns)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withWriterVersion(WriterVersion.PARQUET_1_0)
                .withRowGroupSize((long) options.rowGroupSize())
                .build();
    }

    @Override
    public boolean write(Row row) throws IOException, ServerError {
        if (rows > 0 && writer.getDataSize() > maxSize) {
            return false;
        }
        try {
            writer.write(row);
        } catch (DateTimeException | ArithmeticException e) {
            throw ServerError.of(
                    "22008", "A value can't be written to Parquet by the sandbox's Redshift: " + e.getMessage());
        }
        rows++;
        return true;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long lines() {
        return rows;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    @SuppressWarnings("deprecation") // the newer method has no need of being overridden, this one has
    private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
        private final List<ResultColumn> columns;

        Builder(OutputFile file, List<ResultColumn> columns) {
            super(file);
            this.columns = columns;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(Configuration unused) {
            return new Rows(columns);
        }
    }

    @SuppressWarnings("deprecation") // the newer method has no need of being overridden, this one has
    private static final class Rows extends WriteSupport<Row> {
        private final List<ResultColumn> columns;
        private RecordConsumer out;

        @SuppressWarnings("NullAway.Init") // out: set by prepareForWrite(), before the first row
        Rows(List<ResultColumn> columns) {
            this.columns = columns;
        }

        @Override
        public WriteContext init(Configuration unused) {
            return new WriteContext(ParquetColumns.schema(columns), Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            out = consumer;
        }

        @Override
        public void write(Row row) {
            out.startMessage();
            for (int i = 0; i < columns.size(); i++) {
                ResultColumn column = columns.get(i);
                if (!row.isNull(column.index())) {
                    out.startField(column.name(), i);
                    ParquetColumns.write(column, column.text(row), out);
                    out.endField(column.name(), i);
                }
            }
            out.endMessage();
        }
    }
}
