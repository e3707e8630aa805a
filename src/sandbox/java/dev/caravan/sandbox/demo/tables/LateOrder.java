package dev.caravan.sandbox.demo.tables;

import dev.caravan.sandbox.run.RunFailure;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/** An order that was written, and isn't committed yet: who asks only for times after the newest that was read never sees it. */
final class LateOrder implements AutoCloseable {
    static final long ID = 999_999;

    private final Connection connection;

    private LateOrder(Connection connection) {
        this.connection = connection;
    }

    static LateOrder take(SourceDatabase database) {
        try {
            LateOrder order = new LateOrder(database.connect());
            order.connection.setAutoCommit(false);
            try (ShopInserts inserts = new ShopInserts(order.connection, ShopSql.of(database))) {
                inserts.add(new ShopRows(3).order(ID, Shop.CUSTOMERS));
                inserts.flush();
            }
            return order;
        } catch (SQLException e) {
            throw new RunFailure("The shop could not take an order", e);
        }
    }

    void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new RunFailure("The shop could not commit an order", e);
        }
    }

    /** Rolls it back, unless it is committed. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
