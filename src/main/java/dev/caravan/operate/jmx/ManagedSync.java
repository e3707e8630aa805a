package dev.caravan.operate.jmx;

import dev.caravan.base.Shown;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.operate.steer.Refused;
import dev.caravan.operate.steer.SyncOperator;
import dev.caravan.pipeline.tabletoredshift.run.RunOptions;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.run.TableState;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;

/** A sync, as the ledger has it. */
final class ManagedSync implements SyncMBean {
    private static final int RUNS = 10;
    private static final String WHO = "Hawtio or JMX";

    private final String name;
    private final Syncs syncs;
    private final LedgerView view;
    private final SyncBook book;
    private final SyncOperator operator;

    ManagedSync(String name, Syncs syncs, LedgerView view, SyncBook book, SyncOperator operator) {
        this.name = name;
        this.syncs = syncs;
        this.view = view;
        this.book = book;
        this.operator = operator;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getDescription() {
        return configured(TableSync::description);
    }

    @Override
    public String getSource() {
        return configured(TableSync::source);
    }

    @Override
    public String getTables() {
        return configured(TableSync::patterns);
    }

    @Override
    public String getMode() {
        return configured(sync -> sync.mode().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String getSchedule() {
        return configured(sync -> {
            String crons = Stream.of(
                            sync.schedule().map(cron -> cron.getCronExpression()),
                            sync.fullEvery().map(cron -> "all rows " + cron.getCronExpression()))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining("; "));
            return crons.isEmpty() ? "" : crons + " (" + sync.timeZone() + ")";
        });
    }

    @Override
    public String getClusters() {
        return configured(sync -> String.join(", ", sync.clusters()));
    }

    @Override
    public boolean isPaused() {
        return view.pause(name).isPresent();
    }

    @Override
    public String getPause() {
        return view.pauseInWords(name);
    }

    @Override
    public String getNextRun() {
        return isPaused()
                ? ""
                : configured(sync ->
                        SyncBook.next(sync, view.now()).map(Object::toString).orElse(""));
    }

    @Override
    public String getLastRun() {
        return last().map(Run::id).orElse("");
    }

    @Override
    public String getLastStatus() {
        return last().map(RunRows::status).orElse("");
    }

    @Override
    public String getLastEnded() {
        return last().map(RunRows::ended).orElse("");
    }

    @Override
    public long getLastRows() {
        return last().map(run -> RunRows.count(run, "rows")).orElse(0L);
    }

    @Override
    public long getLastDeleted() {
        return last().map(run -> RunRows.count(run, "deleted")).orElse(0L);
    }

    @Override
    public String getLastReason() {
        return last().map(run -> Shown.line(run.reason())).orElse("");
    }

    @Override
    public long getTablesRead() {
        return running().stream().filter(table -> table.state().equals("read")).count();
    }

    @Override
    public long getTablesOfRun() {
        return running().size();
    }

    @Override
    public CompositeData[] getReading() {
        return SyncRows.tables(running().stream()
                .filter(table -> table.state().equals("reading"))
                .toList());
    }

    @Override
    public String sync() {
        return begin(RunOptions.PLANNED);
    }

    @Override
    public String syncFull() {
        return begin(new RunOptions(true, List.of(), 0));
    }

    @Override
    public String pause(String reason) {
        return said(operator.pause(name, reason.isBlank() ? "paused in Hawtio or over JMX" : reason.strip()));
    }

    @Override
    public String resume() {
        return said(operator.resume(name));
    }

    @Override
    public CompositeData[] runs() {
        return SyncRows.runs(view.fresh("runs " + name, () -> book.newest(name, RUNS)), book::tables);
    }

    private String begin(RunOptions options) {
        try {
            return said("Run " + operator.begin(name, options, WHO).id() + " is asked for");
        } catch (Refused e) {
            return e.inWords();
        }
    }

    /** Whoever has changed something wants to see it. */
    private String said(String words) {
        view.forget();
        return words;
    }

    private Optional<Run> last() {
        return view.<List<Run>>fresh("run of " + name, () -> book.newest(name, 1)).stream()
                .findFirst();
    }

    /** The tables of the run that runs; none if none does. */
    private List<TableState> running() {
        return last().filter(run -> run.status() == RunStatus.RUNNING)
                .map(run -> view.fresh("tables of " + run.id(), () -> book.tables(run)))
                .orElse(List.of());
    }

    private String configured(Function<TableSync, String> property) {
        return syncs.named(name).map(property).orElse("");
    }
}
