package dev.caravan.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the demo's second act as the caravan script does, on the packaged jar. */
@Timeout(300)
class DemoTablesIT {
    @TempDir
    Path folder;

    @Test
    void bothSidesAreTheSameInTheEnd() throws Exception {
        try (DemoRun demo = DemoRun.start(folder, "tables")) {
            List<ProcessHandle> started = demo.await("\\$ caravan sync shop");

            assertThat(demo.exitCode()).as(demo.output()).isZero();

            assertThat(demo.output())
                    .contains("a shop in MariaDB: 1,500 customers, 4,000 orders")
                    .containsPattern("the shop took [1-9]\\d* orders, changed [1-9]\\d*, and moved [1-9]")
                    .contains("Order 999999 has come")
                    .contains("$ caravan sync shop-orders --full")
                    .containsPattern("The shop deletes [1-9]\\d* customers, [1-9]\\d* orders")
                    .containsPattern("shop.customers in redshift: the same 1,\\d{3} rows")
                    .containsPattern("shop.order_items in redshift: the same 1\\d,\\d{3} rows")
                    .contains("Both sides are the same")
                    .doesNotContain("FAILED");
            assertThat(started).hasSizeGreaterThan(2).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void whatIsNotTheSameIsSaid_andIsNoSuccess() throws Exception {
        try (DemoRun demo = DemoRun.start(folder, "tables", "--postgres")) {
            demo.await("verify sync shop\n"); // of the other tables; the orders' last run is over
            Matcher address = Pattern.compile("jdbc:postgresql:\\S+").matcher(demo.output());
            assertThat(address.find()).as(demo.output()).isTrue();
            try (Connection connection = DriverManager.getConnection(address.group());
                    Statement stranger = connection.createStatement()) {
                stranger.execute("UPDATE shop.orders SET note = 'too late' WHERE id = 4");
            }

            assertThat(demo.exitCode()).as(demo.output()).isEqualTo(1);

            assertThat(demo.output())
                    .contains("a shop in PostgreSQL")
                    .containsPattern("shop.customers in redshift: the same 1,\\d{3} rows")
                    .contains("id=4 changed")
                    .contains("FAILED: caravan verify sync shop-orders found a difference")
                    .doesNotContain("Both sides are the same");
        }
    }

    @Test
    void nothingIsLeftWhenItIsTerminatedWhileACommandRuns() throws Exception {
        try (DemoRun demo = DemoRun.start(folder, "tables")) {
            List<ProcessHandle> started = demo.await("\\$ caravan sync shop\n");

            assertThat(demo.terminate()).isTrue();
            assertThat(demo.exitCode()).as(demo.output()).isEqualTo(143);
            assertThat(started).isNotEmpty().noneMatch(ProcessHandle::isAlive);
            assertThat(demo.output()).doesNotContain("ended by itself", "failed (exit code");
        }
    }
}
