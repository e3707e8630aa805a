package dev.caravan.sandbox.demo.tables;

import dev.caravan.sandbox.run.RunFailure;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shop's database: made and filled, worked in, counted. */
final class Shop {
    static final List<String> TABLES = List.of("shop.customers", "shop.orders", "shop.order_items");
    static final int CUSTOMERS = 1_500, ORDERS = 4_000;

    private static final int ROWS_OF_A_BATCH = 500;

    private final SourceDatabase database;

    private Shop(SourceDatabase database) {
        this.database = database;
    }

    /** Makes the tables, which must not be there, and fills them. */
    static Shop open(SourceDatabase database) {
        Shop shop = new Shop(database);
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String sql : ShopSql.of(database).tables()) {
                    statement.execute(sql);
                }
            }
            shop.fill(connection);
            connection.commit();
            return shop;
        } catch (SQLException e) {
            throw new RunFailure("The shop's tables could not be made", e);
        }
    }

    private void fill(Connection connection) throws SQLException {
        ShopRows rows = new ShopRows(1);
        try (ShopInserts inserts = new ShopInserts(connection, ShopSql.of(database))) {
            for (int id = 1; id <= CUSTOMERS; id++) {
                inserts.add(rows.customer(id));
            }
            inserts.flush();
            for (int id = 1; id <= ORDERS; id++) {
                inserts.addOld(rows.order(id, CUSTOMERS));
                if (id % ROWS_OF_A_BATCH == 0) {
                    inserts.flush();
                }
            }
            inserts.flush();
        }
    }

    /** Somebody who works in the shop from now on. */
    ShopWriter work() {
        return ShopWriter.start(database);
    }

    /** An order in a transaction that stays open until it is told to commit. */
    LateOrder takeLateOrder() {
        return LateOrder.take(database);
    }

    /** How many rows were deleted. */
    record Deleted(int customers, int orders, int items) {}

    /** Deletes every hundredth order with its items, and the customers without orders. */
    Deleted delete() {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            int items = statement.executeUpdate("DELETE FROM shop.order_items WHERE order_id % 100 = 7");
            int orders = statement.executeUpdate("DELETE FROM shop.orders WHERE id % 100 = 7");
            return new Deleted(
                    statement.executeUpdate(
                            "DELETE FROM shop.customers WHERE id NOT IN (SELECT customer_id FROM shop.orders)"),
                    orders,
                    items);
        } catch (SQLException e) {
            throw new RunFailure("The shop could not delete", e);
        }
    }

    /** How many rows there are now, by table. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
                    result.next();
                    counts.put(table, result.getLong(1));
                }
            }
            return counts;
        } catch (SQLException e) {
            throw new RunFailure("The shop's rows could not be counted", e);
        }
    }
}
