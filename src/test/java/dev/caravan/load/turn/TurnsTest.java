package dev.caravan.load.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.batch.Batch;
import dev.caravan.batch.ExchangeProperties;
import dev.caravan.feed.Feed;
import dev.caravan.redshift.admission.Room;
import dev.caravan.redshift.copy.CopyStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose load begins when. */
class TurnsTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Room room = new Room(16);
    private final Set<String> unwanted = new HashSet<>();
    private final Turns turns = new Turns(
            new CopyStatement("caravan"), room, (cluster, batch) -> !unwanted.contains(batch.id()), Runnable::run);
    private final List<String> begun = new ArrayList<>();

    @BeforeEach
    void clusters() {
        for (String cluster : List.of("east", "west")) {
            HikariDataSource pool = new HikariDataSource();
            pool.setMaximumPoolSize(3);
            context.getRegistry().bind(cluster, pool);
        }
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void loadsOfATableGoOneAfterTheOther_inTheOrderInWhichTheirBatchesWereLocked() {
        Exchange first = load("east", "public.web", 5);
        Exchange fourth = load("east", "public.web", 4);
        Exchange third = load("east", "public.web", 3);
        Exchange second = load("east", "public.web", 2);
        assertThat(begun).containsExactly("public.web 5");
        end(first);
        assertThat(begun).containsExactly("public.web 5", "public.web 2");
        end(second);
        end(third);
        assertThat(begun).containsExactly("public.web 5", "public.web 2", "public.web 3", "public.web 4");
        end(fourth);
        load("east", "public.web", 6);
        assertThat(begun).hasSize(5);
    }

    @Test
    void otherTablesAndOtherClustersGoSideBySide_asManyAsThePoolHasConnections() {
        Exchange web = load("east", "public.web", 1);
        load("east", "public.shop", 2);
        load("east", "public.log", 3);
        load("east", "public.late", 4);
        assertThat(begun).containsExactly("public.web 1", "public.shop 2", "public.log 3");
        load("west", "public.web", 5);
        assertThat(begun).hasSize(4).contains("public.web 5");
        end(web);
        assertThat(begun).hasSize(5).contains("public.late 4");
    }

    @Test
    void whoeverWaitsForATableHoldsUpNoOther() {
        Exchange web = load("east", "public.web", 1);
        load("east", "public.web", 2);
        load("east", "public.web", 3);
        load("east", "public.shop", 4);
        assertThat(begun).containsExactly("public.web 1", "public.shop 4");
        end(web);
        assertThat(begun).hasSize(3).contains("public.web 2");
    }

    @Test
    void theSameTableWrittenOtherwiseIsTheSame() {
        load("east", "public.web", 1);
        load("east", "PUBLIC.WEB", 2);
        assertThat(begun).containsExactly("public.web 1");
    }

    @Test
    void aLoadThatFailsGivesItsTurnAway() {
        Exchange first = load("east", "public.web", 1);
        load("east", "public.web", 2);
        first.setException(new IllegalStateException("refused"));
        end(first);
        assertThat(begun).containsExactly("public.web 1", "public.web 2");
    }

    @Test
    void aLoadThatIsNotWantedAnyMoreWhenItsTurnComesIsLeftOut_andTheNextOneBegins() {
        Exchange first = load("east", "public.web", 1);
        Exchange held = load("east", "public.web", 2);
        load("east", "public.web", 3);
        unwanted.add("web-2");
        end(first);
        assertThat(held.isRouteStop()).isTrue();
        end(held);
        assertThat(begun).containsExactly("public.web 1", "public.web 2", "public.web 3");
    }

    @Test
    void whoeverWaitsWhenTheInstanceStopsBeginsNoMore() {
        Exchange first = load("east", "public.web", 1);
        List<Exchange> waiting = List.of(load("east", "public.web", 2), load("east", "public.web", 3));
        assertThat(first.isRouteStop()).isFalse();
        turns.stopping();
        assertThat(waiting).allMatch(Exchange::isRouteStop);
        waiting.forEach(TurnsTest::end);
        assertThat(first.isRouteStop()).isFalse();
        assertThat(room.taken("web")).isZero();
    }

    private Exchange load(String cluster, String table, int lockedAt) {
        Feed feed = new Feed();
        feed.set("table", table);
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty("cluster", cluster);
        exchange.setProperty(ExchangeProperties.FEED, feed);
        exchange.setProperty(
                ExchangeProperties.BATCH,
                Batch.fresh("web-" + lockedAt, "web", "web", Batch.SHARED, NOON, NOON)
                        .lockedAt(NOON.plusSeconds(lockedAt)));
        boolean atOnce = turns.process(exchange, done -> begun.add(table + " " + lockedAt));
        assertThat(atOnce).isEqualTo(begun.contains(table + " " + lockedAt));
        return exchange;
    }

    private static void end(Exchange exchange) {
        UnitOfWorkHelper.doneSynchronizations(
                exchange, exchange.getExchangeExtension().handoverCompletions());
    }
}
