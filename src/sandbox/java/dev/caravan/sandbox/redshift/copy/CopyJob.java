package dev.caravan.sandbox.redshift.copy;

import dev.caravan.sandbox.redshift.copy.command.CopyCommand;
import dev.caravan.sandbox.redshift.copy.command.CopyOptions;
import dev.caravan.sandbox.redshift.copy.command.Flag;
import dev.caravan.sandbox.redshift.copy.command.Format;
import dev.caravan.sandbox.redshift.copy.format.RawRecord;
import dev.caravan.sandbox.redshift.copy.format.RecordReader;
import dev.caravan.sandbox.redshift.copy.format.SpectrumError;
import dev.caravan.sandbox.redshift.copy.s3.BoxedError;
import dev.caravan.sandbox.redshift.copy.s3.Envelope;
import dev.caravan.sandbox.redshift.copy.s3.S3Objects;
import dev.caravan.sandbox.redshift.copy.s3.S3Url;
import dev.caravan.sandbox.redshift.copy.value.BadRow;
import dev.caravan.sandbox.redshift.copy.value.Column;
import dev.caravan.sandbox.redshift.copy.value.ColumnKind;
import dev.caravan.sandbox.redshift.copy.value.RowBuffer;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Runs one COPY: S3's objects in, rows out. */
public final class CopyJob {
    /** The side of the session: where rows go, and what may interrupt. */
    public interface Session {
        /**
         * Takes rows in PostgreSQL's COPY text format; fails when PostgreSQL has refused earlier ones.
         *
         * @throws java.io.UncheckedIOException when PostgreSQL is gone; an IOException is a file's
         */
        void rows(byte[] bytes, int length) throws ServerError;

        /** Before an object is read, a jsonpaths file as well. */
        void opening(String url) throws ServerError;

        /** After every row; fails when the client has cancelled. */
        void loaded(long rows) throws ServerError;
    }

    /** "Encoding of the file is not the same as that specified in the COPY command" ("Load error reference"). */
    private static final int ENCODING = 1221;

    private static final String OTHER_ENCODING = "Encoding of the file is not the same as that specified";

    private final CopyCommand command;
    private final List<Column> columns;
    private final S3Objects s3;
    private final LoadReport report;
    private final RowBuffer buffer = new RowBuffer();

    private final RowWriter writer;

    public CopyJob(CopyCommand command, List<Column> columns, S3Objects s3, LoadReport report) {
        this.command = command;
        this.columns = columns;
        this.s3 = s3.in(command.options().region());
        this.report = report;
        this.writer = new RowWriter(columns, command.options(), buffer);
    }

    /**
     * Loads every file.
     *
     * @throws ServerError as Redshift would fail the statement; the report then holds the bad rows
     */
    public void run(Session session) throws ServerError, IOException {
        checkColumns();
        List<SourceFile> files = SourceFile.of(command, s3);
        if (S3Url.is(command.options().argument())) {
            session.opening(command.options().argument());
        }
        RecordReader.Opener opener = RecordReader.opener(command, columns, s3);
        for (SourceFile file : files) {
            session.opening(file.url().toString());
            try (ResponseInputStream<GetObjectResponse> object = s3.open(file.url())) {
                long size = object.response().contentLength();
                checkSize(file, size);
                long before = report.rows();
                load(file.url().toString(), plain(file, object), opener, session);
                report.files().add(new LoadReport.LoadedFile(file.url().toString(), report.rows() - before, size));
            } catch (SdkException e) {
                throw BoxedError.reading(
                        "S3 connection lost: " + e.getMessage(),
                        8001,
                        file.url().toString());
            } catch (ServerError e) {
                if (file.mandatory() || !S3Objects.isMissingKey(e)) {
                    throw e;
                }
            }
        }
        if (report.files().isEmpty()) {
            throw BoxedError.of("None of the files in the manifest exist", 8001, command.from());
        }
        flush(session);
    }

    /** "Loading a column of the VARBYTE data type": CSV, Parquet and ORC only, and no REMOVEQUOTES. */
    private void checkColumns() throws ServerError {
        CopyOptions options = command.options();
        boolean bytes = columns.stream().anyMatch(column -> column.kind() == ColumnKind.VARBYTE);
        boolean takesBytes = switch (options.format()) {
            case CSV, TEXT, PARQUET, ORC -> !options.has(Flag.REMOVEQUOTES);
            default -> false;
        };
        if (bytes && !takesBytes) {
            throw ServerError.of(
                    "0A000",
                    "VARBYTE columns are not supported by COPY with "
                            + (options.has(Flag.REMOVEQUOTES) ? "REMOVEQUOTES" : options.format()));
        }
    }

    private void checkSize(SourceFile file, long size) throws ServerError {
        boolean columnar = command.options().format().isColumnar();
        if (columnar
                && command.options().has(Flag.MANIFEST)
                && file.contentLength().isEmpty()) {
            throw BoxedError.of("File entry does not have 'meta' key.", 15003, "");
        }
        if (columnar && file.contentLength().orElse(size) > size) {
            throw SpectrumError.outOfRange();
        }
        if (file.contentLength().isPresent() && file.contentLength().getAsLong() != size) {
            throw BoxedError.of(
                    "The content_length in the manifest ("
                            + file.contentLength().getAsLong() + ") doesn't match the file's size (" + size + ")",
                    15007,
                    file.url().toString());
        }
    }

    private InputStream plain(SourceFile file, ResponseInputStream<GetObjectResponse> object) throws ServerError {
        Optional<String> key = command.options().key();
        return key.isEmpty()
                ? object
                : Envelope.of(object.response(), file.url()).open(object, key.get());
    }

    private void load(String url, InputStream object, RecordReader.Opener opener, Session session) throws ServerError {
        CopyOptions options = command.options();
        boolean skipBlank =
                options.has(Flag.IGNOREBLANKLINES) && options.format().isText();
        report.lines().startFile(url);
        RawRecord row = new RawRecord();
        int header = options.format().isText() ? options.ignoreHeader() : 0;
        try (InputStream in = text(options.compression().decompress(object))) {
            RecordReader reader = opener.open(url, in);
            while (reader.next(row)) {
                if (header > 0) {
                    header--;
                } else if (!skipBlank || !row.isBlank()) {
                    load(url, row, session);
                }
            }
        } catch (CharacterCodingException e) {
            refused(new BadRow(url, 1, "", "", "", 0, "", "", ENCODING, OTHER_ENCODING));
        } catch (IOException e) {
            throw options.compression().failed(e, url);
        }
    }

    private void load(String url, RawRecord row, Session session) throws ServerError {
        Optional<BadRow> bad = writer.write(url, row);
        if (bad.isPresent() && command.options().format().isColumnar()) {
            throw SpectrumError.of(bad.get());
        }
        if (bad.isPresent()) {
            refused(bad.get());
            return;
        }
        report.lines().add(row.line());
        session.loaded(report.rows());
        if (buffer.isFull()) {
            flush(session);
        }
    }

    /** "If the load returns the error_count number of errors or greater, the load fails"; 0 and 1 are the same ("Data load operations"). */
    private void refused(BadRow row) throws ServerError {
        CopyOptions options = command.options();
        report.badRows().add(row);
        if (report.badRows().size() >= Math.max(1, options.maxError()) && !options.has(Flag.IGNOREALLERRORS)) {
            throw failed(command);
        }
    }

    /** As UTF-8, unless the format has an encoding of its own. */
    private InputStream text(InputStream file) throws IOException {
        CopyOptions options = command.options();
        return options.format().isText() || options.format() == Format.JSON
                ? options.encoding().utf8(file)
                : file;
    }

    /** The error that sends people to the load tables. */
    public static ServerError failed(CopyCommand command) {
        return ServerError.of(
                "XX000",
                "Load into table '" + command.tableName()
                        + "' failed.  Check 'stl_load_errors' system table for details.");
    }

    private void flush(Session session) throws ServerError {
        if (buffer.length() > 0) {
            session.rows(buffer.bytes(), buffer.length());
            buffer.clear();
        }
    }
}
