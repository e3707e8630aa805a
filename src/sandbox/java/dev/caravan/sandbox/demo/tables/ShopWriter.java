package dev.caravan.sandbox.demo.tables;

import dev.caravan.sandbox.run.RunFailure;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A shop at work, in a thread of its own: new orders, orders that change, customers that move, some fifty transactions a second. */
final class ShopWriter implements AutoCloseable {
    private static final long PAUSE_MILLIS = 15;

    private final SourceDatabase database;
    private final ShopRows rows = new ShopRows(2);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::write, "shop");
    private volatile Optional<Exception> failure = Optional.empty();
    private volatile Done done = new Done(0, 0, 0);

    private ShopWriter(SourceDatabase database) {
        this.database = database;
    }

    static ShopWriter start(SourceDatabase database) {
        ShopWriter writer = new ShopWriter(database);
        writer.thread.setDaemon(true);
        writer.thread.start();
        return writer;
    }

    /** What it has committed. */
    record Done(int newOrders, int changedOrders, int movedCustomers) {
        int all() {
            return newOrders + changedOrders + movedCustomers;
        }
    }

    Done soFar() {
        return done;
    }

    /** Has it end, and says what it has done. Throws {@link RunFailure} if it could not go on. */
    Done stop() {
        close();
        failure.ifPresent(e -> {
            throw new RunFailure("The shop could not work", e);
        });
        return done;
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ShopInserts inserts = new ShopInserts(connection, ShopSql.of(database))) {
            connection.setAutoCommit(false);
            while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                Done next = turn(statement, inserts);
                connection.commit();
                done = next;
            }
        } catch (SQLException e) {
            failure = Optional.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Done turn(Statement statement, ShopInserts inserts) throws SQLException {
        Done before = done;
        switch (before.all() % 3) {
            case 0 -> {
                inserts.add(rows.order(Shop.ORDERS + 1L + before.newOrders(), Shop.CUSTOMERS));
                inserts.flush();
                return new Done(before.newOrders() + 1, before.changedOrders(), before.movedCustomers());
            }
            case 1 -> {
                statement.executeUpdate("UPDATE shop.orders SET status = '%s', note = 'changed, no. %d' WHERE id = %d"
                        .formatted(rows.status(), before.changedOrders() + 1, rows.upTo(Shop.ORDERS)));
                return new Done(before.newOrders(), before.changedOrders() + 1, before.movedCustomers());
            }
            default -> {
                statement.executeUpdate("UPDATE shop.customers SET city = '%s' WHERE id = %d"
                        .formatted(rows.city(), rows.upTo(Shop.CUSTOMERS)));
                return new Done(before.newOrders(), before.changedOrders(), before.movedCustomers() + 1);
            }
        }
    }
}
