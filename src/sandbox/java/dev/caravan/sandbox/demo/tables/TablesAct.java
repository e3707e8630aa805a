package dev.caravan.sandbox.demo.tables;

import static dev.caravan.sandbox.demo.tables.ShopInstallation.INSTALLATION;

import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SandboxOptions;
import dev.caravan.sandbox.run.CaravanProcess;
import dev.caravan.sandbox.run.Cleanup;
import dev.caravan.sandbox.run.Commands;
import dev.caravan.sandbox.run.Installation;
import dev.caravan.sandbox.run.Progress;
import dev.caravan.sandbox.run.RunFailure;
import dev.caravan.sandbox.source.MariaDb;
import dev.caravan.sandbox.source.PostgresDatabase;
import dev.caravan.sandbox.source.SourceDatabase;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run: a shop, all of its tables while it works, what has changed, what was deleted, and a comparison after each. */
public final class TablesAct {
    private static final Duration LONGEST = Duration.ofMinutes(4);
    private static final String LINE = "%-18s %18s %18s%n";

    private final Cleanup cleanup;
    private final Progress progress;
    private final boolean postgres;
    private final Instant began = Instant.now();

    /**
     * @param cleanup stops what this starts
     * @param postgres whether the shop is in PostgreSQL, else in MariaDB, where its programs run
     */
    public TablesAct(Cleanup cleanup, Progress progress, boolean postgres) {
        this.cleanup = cleanup;
        this.progress = progress;
        this.postgres = postgres;
    }

    /**
     * How it ended.
     *
     * @param report for a person
     * @param faults why it is no success; empty if both sides are the same
     */
    public record Result(Sandbox sandbox, CaravanProcess caravan, String report, List<String> faults) {}

    /** Runs to the end. Throws {@link RunFailure} when it can't come to that. */
    public Result run() {
        progress.doing("Starting the sandbox and a database ...");
        Sandbox sandbox = cleanup.start(() -> Sandbox.start(SandboxOptions.anyPorts()));
        SourceDatabase database = database(sandbox);
        Shop shop = Shop.open(database);
        progress.done("The sandbox is up, and a shop in %s: %,d customers, %,d orders with their items%s"
                .formatted(ShopSql.of(database).title(), Shop.CUSTOMERS, Shop.ORDERS, after()));
        progress.done("  " + database.url() + " (user " + database.user()
                + (database.password().isEmpty() ? ")" : ", password " + database.password() + ")"));

        ShopInstallation.write(database);
        progress.doing("Starting Caravan ...");
        Map<String, String> environment = sandbox.environment();
        CaravanProcess caravan = INSTALLATION.start(cleanup, environment);
        Installation.awaitReady(caravan, cleanup, began.plus(LONGEST));
        progress.done("Caravan is up: java -jar " + CaravanProcess.JAR + " in " + INSTALLATION.folder()
                + ", its log is " + INSTALLATION.log() + after());

        Commands commands = new Commands(cleanup, progress, environment, INSTALLATION, began.plus(LONGEST));
        ClusterSql cluster = new ClusterSql(environment);
        List<String> faults = new ArrayList<>();
        changeWhileItRuns(shop, commands, cluster, faults);
        deleteRows(shop, commands, faults);
        String report = counts(shop, cluster, database, faults);
        progress.done("Done" + after());
        return new Result(sandbox, caravan, report, faults);
    }

    private void changeWhileItRuns(Shop shop, Commands commands, ClusterSql cluster, List<String> faults) {
        heading("All rows, while the shop goes on working");
        LateOrder late = cleanup.start(shop::takeLateOrder);
        ShopWriter writer = cleanup.start(shop::work);
        commands.run("sync", "shop");
        commands.run("sync", "shop-orders");
        ShopWriter.Done done = writer.stop();
        progress.done("Meanwhile the shop took %,d orders, changed %,d, and moved %,d customers%s"
                .formatted(done.newOrders(), done.changedOrders(), done.movedCustomers(), after()));
        if (done.all() == 0) {
            faults.add("nothing was changed while the tables were read");
        }

        heading("What has changed");
        late.commit();
        progress.done("Order " + LateOrder.ID + ", written before the first run, is committed only now");
        commands.run("sync", "shop-orders");
        if (cluster.column("SELECT id FROM shop.orders WHERE id = " + LateOrder.ID)
                .isEmpty()) {
            faults.add("order " + LateOrder.ID + " was skipped");
        } else {
            progress.done("Order " + LateOrder.ID + " has come");
        }
        commands.compare("shop-orders").ifPresent(faults::add);
    }

    private void deleteRows(Shop shop, Commands commands, List<String> faults) {
        heading("What was deleted");
        Shop.Deleted deleted = shop.delete();
        progress.done("The shop deletes %,d customers, %,d orders and their %,d items"
                .formatted(deleted.customers(), deleted.orders(), deleted.items()));
        commands.run("sync", "shop");
        commands.run("sync", "shop-orders", "--full");
        commands.compare("shop").ifPresent(faults::add);
        commands.compare("shop-orders").ifPresent(faults::add);
    }

    /** Both sides counted once more, without Caravan. */
    private String counts(Shop shop, ClusterSql cluster, SourceDatabase database, List<String> faults) {
        StringBuilder text = new StringBuilder(
                LINE.formatted("table", "rows in " + ShopSql.of(database).title(), "rows in Redshift"));
        shop.counts().forEach((table, rows) -> {
            long loaded = cluster.count(table);
            text.append(LINE.formatted(table, "%,d".formatted(rows), "%,d".formatted(loaded)));
            if (rows != loaded) {
                faults.add("%s has %,d rows in the shop, and %,d in Redshift".formatted(table, rows, loaded));
            }
        });
        return text.toString();
    }

    private SourceDatabase database(Sandbox sandbox) {
        if (!postgres) {
            try {
                return cleanup.start(MariaDb::start);
            } catch (IllegalStateException | UncheckedIOException e) {
                cleanup.requireOpen();
                String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                progress.done("No MariaDB here, so the shop is in PostgreSQL: " + why);
            }
        }
        return PostgresDatabase.beside(sandbox.redshift(), "shop");
    }

    private void heading(String text) {
        progress.done("");
        progress.done(text);
    }

    private String after() {
        return " (%.1f s)".formatted(Duration.between(began, Instant.now()).toMillis() / 1e3);
    }
}
