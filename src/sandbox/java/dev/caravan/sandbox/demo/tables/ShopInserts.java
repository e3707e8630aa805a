package dev.caravan.sandbox.demo.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/** New rows of the shop, collected until they are flushed. */
final class ShopInserts implements AutoCloseable {
    private static final Instant OPENING = Instant.parse("2024-01-05T08:00:00.123456Z");
    private static final Duration BETWEEN_ORDERS = Duration.ofMinutes(97);

    private final PreparedStatement customers;
    private final PreparedStatement oldOrders;
    private final PreparedStatement orders;
    private final PreparedStatement items;
    private final String noDate;

    ShopInserts(Connection connection, ShopSql sql) throws SQLException {
        customers = connection.prepareStatement(
                "INSERT INTO shop.customers (id, name, email, city, born, newsletter) VALUES (?, ?, ?, ?, " + sql.date()
                        + ", ?)");
        oldOrders = connection.prepareStatement(
                "INSERT INTO shop.orders (id, customer_id, status, total, note, ordered_at, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)");
        orders = connection.prepareStatement(
                "INSERT INTO shop.orders (id, customer_id, status, total, note, ordered_at) VALUES (?, ?, ?, ?, ?, ?)");
        items = connection.prepareStatement(
                "INSERT INTO shop.order_items (order_id, line, product, quantity, price) VALUES (?, ?, ?, ?, ?)");
        noDate = sql.noDate();
    }

    void add(ShopRows.Customer customer) throws SQLException {
        customers.setInt(1, customer.id());
        customers.setString(2, customer.name());
        customers.setString(3, customer.email().orElse(null));
        customers.setString(4, customer.city().orElse(null));
        customers.setString(5, customer.born().map(LocalDate::toString).orElse(customer.id() % 2 == 0 ? noDate : null));
        customers.setBoolean(6, customer.newsletter());
        customers.addBatch();
    }

    /** One that has not changed for long. */
    void addOld(ShopRows.Order order) throws SQLException {
        Instant time = OPENING.plus(BETWEEN_ORDERS.multipliedBy(order.id()));
        set(oldOrders, order, time);
        oldOrders.setTimestamp(7, Timestamp.from(time.plus(Duration.ofMinutes(order.id() % 60))));
        oldOrders.addBatch();
        addItems(order);
    }

    /** One of now, says the database. */
    void add(ShopRows.Order order) throws SQLException {
        set(orders, order, Instant.now());
        orders.addBatch();
        addItems(order);
    }

    private static void set(PreparedStatement statement, ShopRows.Order order, Instant ordered) throws SQLException {
        statement.setLong(1, order.id());
        statement.setInt(2, order.customer());
        statement.setString(3, order.status());
        statement.setBigDecimal(4, order.total());
        statement.setString(5, order.note().orElse(null));
        statement.setTimestamp(6, Timestamp.from(ordered));
    }

    private void addItems(ShopRows.Order order) throws SQLException {
        int line = 0;
        for (ShopRows.Item item : order.items()) {
            items.setLong(1, order.id());
            items.setInt(2, ++line);
            items.setString(3, item.product().name());
            items.setInt(4, item.quantity());
            items.setBigDecimal(5, item.product().price());
            items.addBatch();
        }
    }

    /** Sends what was added. */
    void flush() throws SQLException {
        customers.executeBatch();
        oldOrders.executeBatch();
        orders.executeBatch();
        items.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        customers.close();
        oldOrders.close();
        orders.close();
        items.close();
    }
}
