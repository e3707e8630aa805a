package dev.caravan.operate.jmx;

import dev.caravan.base.Shown;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.operate.steer.MirrorOperator;
import dev.caravan.operate.steer.Refused;
import dev.caravan.pipeline.redshifttopostgres.mirror.Mirrors;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorBook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.management.openmbean.CompositeData;

/** A mirror, as the ledger has it. */
final class ManagedMirror implements MirrorMBean {
    private static final int RUNS = 10;
    private static final String WHO = "Hawtio or JMX";

    private final String name;
    private final Mirrors mirrors;
    private final LedgerView view;
    private final MirrorBook book;
    private final MirrorOperator operator;

    ManagedMirror(String name, Mirrors mirrors, LedgerView view, MirrorBook book, MirrorOperator operator) {
        this.name = name;
        this.mirrors = mirrors;
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
        return configured(TableMirror::description);
    }

    @Override
    public String getFrom() {
        return configured(mirror -> mirror.source() + ": " + mirror.from());
    }

    @Override
    public String getTo() {
        return configured(mirror -> mirror.target() + ": " + String.join(".", mirror.targetTable()));
    }

    @Override
    public String getSchedule() {
        return configured(mirror -> mirror.schedule()
                .map(cron -> cron.getCronExpression() + " (" + mirror.timeZone() + ")")
                .orElse(""));
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
                : configured(mirror -> MirrorBook.next(mirror, view.now())
                        .map(Object::toString)
                        .orElse(""));
    }

    @Override
    public long getFreshness() {
        return view.<Optional<Instant>>fresh("freshness of " + name, () -> book.fresh(name))
                .map(time -> Math.max(0, Duration.between(time, view.now()).toSeconds()))
                .orElse(-1L);
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
        return count("rows");
    }

    @Override
    public long getLastInserted() {
        return count("inserted");
    }

    @Override
    public long getLastUpdated() {
        return count("updated");
    }

    @Override
    public long getLastDeleted() {
        return count("deleted");
    }

    @Override
    public String getLastReason() {
        return last().map(run -> Shown.line(run.reason())).orElse("");
    }

    @Override
    public String getProgress() {
        return last().filter(run -> run.status() == RunStatus.RUNNING)
                .map(run -> Shown.line(MirrorBook.progress(run)))
                .orElse("");
    }

    @Override
    public String mirror() {
        return begin(false, false);
    }

    @Override
    public String mirrorAllowingDeletes() {
        return begin(true, false);
    }

    @Override
    public String rebase() {
        return begin(false, true);
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
        return RunRows.ofMirror(view.fresh("runs " + name, () -> book.newest(name, RUNS)));
    }

    private String begin(boolean allowDeletes, boolean rebase) {
        try {
            return said("Run " + operator.begin(name, allowDeletes, rebase, WHO).id() + " is asked for");
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

    private long count(String count) {
        return last().map(run -> RunRows.count(run, count)).orElse(0L);
    }

    private String configured(Function<TableMirror, String> property) {
        return mirrors.named(name).map(property).orElse("");
    }
}
