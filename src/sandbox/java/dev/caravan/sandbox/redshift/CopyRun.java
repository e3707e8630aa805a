package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.redshift.BackendQuery.Failed;
import dev.caravan.sandbox.redshift.BackendQuery.Skipped;
import dev.caravan.sandbox.redshift.copy.CopyJob;
import dev.caravan.sandbox.redshift.copy.LoadReport;
import dev.caravan.sandbox.redshift.copy.command.CopyCommand;
import dev.caravan.sandbox.redshift.copy.value.Column;
import dev.caravan.sandbox.redshift.fault.Errors;
import dev.caravan.sandbox.redshift.fault.Fault;
import dev.caravan.sandbox.redshift.wire.Message;
import dev.caravan.sandbox.redshift.wire.Messages;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One COPY on a client's backend connection: PostgreSQL runs a COPY FROM STDIN, and the gateway is its client. */
final class CopyRun {
    /** PostgreSQL says where it stumbled: {@code COPY t, line 3, column d: "x"}, a line being a row of the stream. */
    private static final Pattern WHERE =
            Pattern.compile("^COPY .*?, line (\\d+)(?:, column ([^:]+)(?:: \"(.*)\")?)?", Pattern.DOTALL);

    private final Gateway gateway;
    private final BackendQuery backend;
    private final CopyCommand command;
    private final BooleanSupplier cancelled;
    private final LoadReport report;
    private boolean open;
    private boolean backendFailed;

    CopyRun(Gateway gateway, BackendQuery backend, CopyCommand command, BooleanSupplier cancelled) {
        this.gateway = gateway;
        this.backend = backend;
        this.command = command;
        this.cancelled = cancelled;
        this.report = new LoadReport(gateway.nextQuery(), command);
    }

    /**
     * Runs it and writes the load tables.
     *
     * @throws ServerError when it fails; the transaction is then failed, too
     */
    void run(int session) throws IOException, ServerError, Skipped {
        boolean completed = false;
        try {
            load();
            completed = true;
        } catch (ServerError e) {
            fail();
            throw e;
        } catch (Failed e) {
            throw refused(e.error());
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        } finally {
            gateway.tables().record(report, session, completed);
        }
    }

    /** What the client is told at the end; of bad rows under MAXERROR, too ("returns an INFO message that states the number of rows that could not be loaded"). */
    Message[] answer() {
        String completed = "Load into table '" + command.tableName() + "' completed, ";
        int bad = report.badRows().size();
        Stream<Message> told = Stream.of(
                        completed + report.rows() + " record(s) loaded successfully.",
                        bad == 0
                                ? ""
                                : completed + bad + " record(s) could not be loaded.  Check 'stl_load_errors' system"
                                        + " table for details.")
                .filter(text -> !text.isEmpty())
                .map(Messages::info);
        return Stream.concat(told, Stream.of(Messages.commandComplete("COPY"))).toArray(Message[]::new);
    }

    private void load() throws IOException, ServerError, Failed, Skipped {
        if (command.keys().isPresent()) {
            command.keys().get().checkAgainst(gateway.accepted(), command.from());
        }
        // In a DO block because LOCK alone is refused outside a transaction block. Redshift's COPY takes this lock.
        backend.rows("DO $$BEGIN LOCK TABLE " + command.table() + " IN SHARE ROW EXCLUSIVE MODE; END$$");
        List<Column> columns = columns();
        CopyJob job = new CopyJob(command, columns, gateway.s3(), report);
        String names = columns.stream().map(c -> identifier(c.name())).collect(Collectors.joining(", "));
        backend.copyIn("COPY " + command.table() + " (" + names + ") FROM STDIN");
        open = true;
        if (!gateway.faults().empties(command.sql())) {
            job.run(session());
        }
        open = false;
        backend.copyDone();
        backend.rows("SELECT set_config('sandbox.last_copy_count', '" + report.rows()
                + "', false), set_config('sandbox.last_copy_id', '" + report.query() + "', false)");
    }

    private CopyJob.Session session() {
        return new CopyJob.Session() {
            @Override
            public void rows(byte[] bytes, int length) throws ServerError {
                sendRows(bytes, length);
            }

            @Override
            public void opening(String url) throws ServerError {
                gateway.faults().strike(Fault.Point.OBJECT, url, cancelled);
            }

            @Override
            public void loaded(long rows) throws ServerError {
                if (!gateway.faults().isEmpty()) {
                    gateway.faults().strikeRow(command.sql(), rows, cancelled);
                }
                if (cancelled.getAsBoolean()) {
                    throw Errors.cancelled(report.query());
                }
            }
        };
    }

    private void sendRows(byte[] bytes, int length) throws ServerError {
        try {
            backend.check();
            if (!command.isNoLoad()) {
                backend.rows(bytes, length);
            }
        } catch (Failed e) {
            open = false;
            backendFailed = true;
            throw refused(e.error());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fail() throws IOException, Skipped {
        if (open) {
            open = false;
            backend.copyFail();
        } else if (!backendFailed) {
            backend.abort();
        }
    }

    /** PostgreSQL's error: for the load tables when a row caused it, as it is when the statement did. */
    private ServerError refused(Message error) {
        Map<Character, String> fields = Messages.fields(error);
        String state = fields.getOrDefault('C', "XX000");
        Matcher where = WHERE.matcher(fields.getOrDefault('W', ""));
        if (state.equals("57014")) {
            return Errors.cancelled(report.query());
        }
        if (state.equals("42P01")) {
            return ServerError.of(state, "Cannot COPY into nonexistent table " + command.tableName(), "");
        }
        if (!where.find()) {
            Map<Character, String> said = Messages.fields(Errors.translated(error, "", 0, report.query()));
            return ServerError.of(
                    said.getOrDefault('C', "XX000"), said.getOrDefault('M', ""), said.getOrDefault('D', ""));
        }
        report.refused(
                Long.parseLong(where.group(1)),
                where.group(2) == null ? "" : where.group(2),
                where.group(3) == null ? "" : where.group(3),
                fields.getOrDefault('M', ""));
        return CopyJob.failed(command);
    }

    /** The columns to load, asked on the client's own connection: the table may be a temporary one, or not committed yet. */
    private List<Column> columns() throws IOException, ServerError, Failed, Skipped {
        Map<String, Column> all = new LinkedHashMap<>();
        List<Column> loaded = new ArrayList<>();
        Set<String> identities = new HashSet<>();
        String table = command.table().replace("\\", "\\\\").replace("'", "''");
        for (List<String> row : backend.rows("SELECT a.attname, t.typname, a.atttypmod, a.attnotnull, a.attidentity"
                + " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
                + " WHERE a.attrelid = '" + table + "'::regclass AND a.attnum > 0 AND NOT a.attisdropped"
                + " ORDER BY a.attnum")) {
            Column column = new Column(
                    row.get(0),
                    row.get(1),
                    Integer.parseInt(row.get(2)),
                    row.get(3).equals("t"));
            all.put(column.name(), column);
            if (row.get(4).equals("a")) {
                identities.add(column.name());
            }
            if (row.get(4).isEmpty() || command.hasExplicitIds()) {
                loaded.add(column);
            }
        }
        boolean listed = !command.columns().isEmpty();
        boolean listsIdentity = !Collections.disjoint(identities, command.columns());
        if (command.hasExplicitIds() && (identities.isEmpty() || (listed && !listsIdentity))) {
            throw ServerError.of("0A000", "EXPLICIT_IDS is given, but no IDENTITY column is to be loaded");
        }
        if (!command.hasExplicitIds() && listsIdentity) {
            throw Errors.identity();
        }
        if (!listed) {
            return loaded;
        }
        List<Column> ofList = new ArrayList<>();
        for (String name : command.columns()) {
            Column column = all.get(name);
            if (column == null) {
                throw ServerError.of(
                        "42703", "column \"" + name + "\" of relation \"" + command.tableName() + "\" does not exist");
            }
            ofList.add(column);
        }
        return ofList;
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
