package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.redshift.BackendQuery.Failed;
import dev.caravan.sandbox.redshift.BackendQuery.Skipped;
import dev.caravan.sandbox.redshift.fault.Errors;
import dev.caravan.sandbox.redshift.fault.Fault;
import dev.caravan.sandbox.redshift.unload.Partition;
import dev.caravan.sandbox.redshift.unload.UnloadJob;
import dev.caravan.sandbox.redshift.unload.UnloadReport;
import dev.caravan.sandbox.redshift.unload.file.PartFile;
import dev.caravan.sandbox.redshift.unload.file.ResultColumn;
import dev.caravan.sandbox.redshift.unload.file.Row;
import dev.caravan.sandbox.redshift.wire.Message;
import dev.caravan.sandbox.redshift.wire.Messages;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One UNLOAD on a client's backend connection, in the client's transaction. S3 knows no rollback: what is written stays. */
final class UnloadRun {
    private final Gateway gateway;
    private final BackendQuery backend;
    private final Statement.Unload statement;
    private final BooleanSupplier cancelled;
    private final UnloadReport report;

    UnloadRun(Gateway gateway, BackendQuery backend, Statement.Unload statement, BooleanSupplier cancelled) {
        this.gateway = gateway;
        this.backend = backend;
        this.statement = statement;
        this.cancelled = cancelled;
        this.report = new UnloadReport(gateway.nextQuery(), statement.command());
    }

    /**
     * Runs it and writes the tables of UNLOADs.
     *
     * @throws ServerError when it fails; the transaction is then failed, too
     */
    void run(int session) throws IOException, ServerError, Skipped {
        String error = "connection lost";
        try {
            unload();
            error = "";
        } catch (ServerError e) {
            error = e.text();
            backend.abort();
            throw e;
        } catch (Failed e) {
            ServerError said = refused(e.error(), session);
            error = said.text();
            throw said;
        } finally {
            gateway.unloads().record(report, session, error);
        }
    }

    /** What the client is told at the end. */
    Message[] answer() {
        return new Message[] {
            Messages.info("UNLOAD completed, " + report.rows() + " record(s) unloaded successfully."),
            Messages.commandComplete("UNLOAD")
        };
    }

    private void unload() throws IOException, ServerError, Failed, Skipped {
        String query = statement.query().sql();
        Message description = backend.describe(query);
        if (description.type() != 'T') {
            throw ServerError.of("42601", "UNLOAD takes a SELECT query");
        }
        List<ResultColumn> columns = ResultColumn.of(description);
        Partition partition = Partition.of(columns, statement.command().options());
        PartFile.check(partition.kept(), statement.command().options().format());
        String digits = begin();
        try (UnloadJob job = new UnloadJob(
                report,
                partition.kept(),
                partition,
                gateway.s3(),
                gateway.unloads().slices(),
                gateway.quirks().has(Quirk.EMPTY_FILES),
                this::writing)) {
            job.prepare(gateway.accepted());
            backend.fetch(partition.ordered(query, columns.size()), row -> {
                job.row(Row.of(row, columns.size()));
                checkCancelled();
            });
            job.finish();
        }
        end(digits);
    }

    private void writing(String url) throws ServerError {
        gateway.faults().strike(Fault.Point.OBJECT, url, cancelled);
        checkCancelled();
    }

    private void checkCancelled() throws ServerError {
        if (cancelled.getAsBoolean()) {
            throw Errors.cancelled(report.query());
        }
    }

    /**
     * From here on the session's last UNLOAD is this one, with no rows unless it ends well ("PG_LAST_UNLOAD_COUNT"). Floats are written as PostgreSQL 8
     * does ("Loss of floating-point precision"). The setting as it was.
     */
    private String begin() throws IOException, Failed, Skipped {
        setLast("last_unload_count", 0);
        setLast("last_unload_id", report.query());
        String before = backend.rows("SHOW extra_float_digits").get(0).get(0);
        backend.rows("SELECT set_config('extra_float_digits', '0', false)");
        return before;
    }

    private void end(String digits) throws IOException, Failed, Skipped {
        backend.rows("SELECT set_config('extra_float_digits', '" + digits + "', false)");
        setLast("last_unload_count", report.rows());
    }

    private void setLast(String sequence, long value) throws IOException, Failed, Skipped {
        backend.rows("SELECT CASE WHEN current_setting('transaction_read_only') = 'off' THEN setval('sandbox."
                + sequence + "', " + value + ") END");
    }

    private ServerError refused(Message error, int session) {
        Message translated = Errors.translated(error, statement.query().text(), session, report.query());
        Map<Character, String> said = Messages.fields(translated);
        String text =
                said.getOrDefault('M', "").replace("permission denied for table ", "permission denied for relation ");
        return ServerError.of(said.getOrDefault('C', "XX000"), text, said.getOrDefault('D', ""));
    }
}
