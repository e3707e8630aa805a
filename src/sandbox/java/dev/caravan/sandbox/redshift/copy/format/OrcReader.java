package dev.caravan.sandbox.redshift.copy.format;

import static io.airlift.slice.Slices.wrappedBuffer;

import dev.caravan.sandbox.redshift.copy.command.CopyOptions;
import dev.caravan.sandbox.redshift.copy.command.Flag;
import dev.caravan.sandbox.redshift.copy.value.Column;
import dev.caravan.sandbox.redshift.copy.value.ColumnKind;
import dev.caravan.sandbox.redshift.wire.ServerError;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.orc.MemoryOrcDataSource;
import io.trino.orc.OrcColumn;
import io.trino.orc.OrcDataSourceId;
import io.trino.orc.OrcPredicate;
import io.trino.orc.OrcReaderOptions;
import io.trino.orc.OrcRecordReader;
import io.trino.orc.proto.OrcProto.CompressionKind;
import io.trino.orc.proto.OrcProto.PostScript;
import io.trino.orc.protobuf.ByteString;
import io.trino.spi.Page;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.joda.time.DateTimeZone;
import org.jspecify.annotations.Nullable;

/**
 * ORC files. Their columns go to the table's by position, whatever their names are, as those of Parquet do ("COPY from columnar data formats"). A row's
 * number is its line. No report quotes what Redshift says of ORC that it can't read or that doesn't fit: here it is what it says of Parquet.
 */
final class OrcReader implements RecordReader {
    private final String url;
    private final List<OrcValues> columns = new ArrayList<>();
    private final OrcRecordReader file;
    private @Nullable Page page;
    private int at;
    private long number;

    private OrcReader(String url, io.trino.orc.OrcReader file, List<Column> table, CopyOptions options)
            throws IOException, ServerError {
        this.url = url;
        List<OrcColumn> stored = file.getRootColumn().getNestedColumns();
        check(file, table, options);
        for (OrcColumn column : stored) {
            columns.add(OrcValues.of(type(file, column)));
        }
        this.file = file.createRecordReader(
                stored,
                columns.stream().map(OrcValues::type).toList(),
                OrcPredicate.TRUE,
                DateTimeZone.UTC,
                AggregatedMemoryContext.newSimpleAggregatedMemoryContext(),
                io.trino.orc.OrcReader.INITIAL_BATCH_SIZE,
                IllegalStateException::new);
    }

    /** @throws ServerError if the file is no ORC, or its columns don't fit the table's */
    static OrcReader open(String url, InputStream in, List<Column> table, CopyOptions options)
            throws IOException, ServerError {
        byte[] bytes = in.readAllBytes();
        try {
            checkCompression(bytes);
            io.trino.orc.OrcReader file = io.trino.orc.OrcReader.createOrcReader(
                            new MemoryOrcDataSource(new OrcDataSourceId(url), wrappedBuffer(bytes)),
                            new OrcReaderOptions())
                    .orElseThrow(() -> new IOException("it is empty"));
            return new OrcReader(url, file, table, options);
        } catch (IOException | RuntimeException e) {
            throw invalid(url);
        }
    }

    @Override
    public boolean next(RawRecord row) throws ServerError {
        row.clear();
        try {
            while (page == null || at == page.getPositionCount()) {
                Page next = file.nextPage();
                if (next == null) {
                    return false;
                }
                page = next.getLoadedPage();
                at = 0;
            }
            fill(row, page);
            at++;
            return true;
        } catch (IOException | RuntimeException e) {
            throw invalid(url);
        }
    }

    private void fill(RawRecord row, Page values) {
        row.line(++number);
        for (int i = 0; i < columns.size(); i++) {
            if (values.getBlock(i).isNull(at)) {
                row.nullField();
            } else {
                row.field(columns.get(i).bytes(values.getBlock(i), at));
            }
        }
    }

    /** The library reads all kinds of compression but one. */
    private static void checkCompression(byte[] bytes) throws IOException, ServerError {
        int length = bytes.length == 0 ? 0 : bytes[bytes.length - 1] & 0xFF;
        PostScript end = PostScript.parseFrom(ByteString.copyFrom(bytes, bytes.length - 1 - length, length));
        if (end.getCompression() == CompressionKind.LZO) {
            throw unsupported("ORC compressed with LZO");
        }
    }

    private void check(io.trino.orc.OrcReader file, List<Column> table, CopyOptions options) throws ServerError {
        List<OrcColumn> stored = file.getRootColumn().getNestedColumns();
        int fields = stored.size();
        if (fields > table.size() || (fields < table.size() && !options.has(Flag.FILLRECORD))) {
            throw SpectrumError.unmatched(table.size(), fields, url);
        }
        for (int i = 0; i < fields; i++) {
            Column column = table.get(i);
            if (column.kind() == ColumnKind.SUPER && !options.has(Flag.SERIALIZETOJSON)) {
                throw ServerError.of("0A000", "SUPER column in COPY query requires SERIALIZETOJSON option");
            }
            if (column.kind() == ColumnKind.SUPER
                    && !stored.get(i).getNestedColumns().isEmpty()) {
                throw unsupported("ORC with columns within columns");
            }
            if (!OrcValues.fit(type(file, stored.get(i)), column)) {
                throw SpectrumError.incompatible("ORC", url, column, OrcValues.inWords(type(file, stored.get(i))));
            }
        }
    }

    private static io.trino.orc.metadata.OrcType type(io.trino.orc.OrcReader file, OrcColumn column) {
        return file.getFooter().getTypes().get(column.getColumnId());
    }

    private static ServerError invalid(String url) {
        return SpectrumError.scan("File '" + SpectrumError.http(url) + "' is not a valid ORC file.");
    }

    private static ServerError unsupported(String what) {
        return ServerError.of("0A000", what + " is not supported by the sandbox's Redshift");
    }
}
