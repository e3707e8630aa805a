package dev.caravan.ledger.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.caravan.MutableClock;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.dynamo.LedgerTables;
import dev.caravan.ledger.notes.Instances.Instance;
import dev.caravan.ledger.notes.UnmatchedObjects.Unmatched;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Which instances run, and what they count meanwhile, as others see it. */
class PresenceTest {
    private final String tables = "presence-" + UUID.randomUUID().toString().substring(0, 8);
    private final DynamoDbClient client = SharedSandbox.get().dynamoDb();

    @BeforeEach
    void createTables() {
        LedgerTables.create(client, settings("me"));
    }

    @Test
    void anInstanceRunsFromItsBeginningToItsEnd_whateverItsClockSays() {
        Presence one = presence("one", Clock.systemUTC());
        Presence other = presence("other", new MutableClock(Instant.parse("2001-01-01T00:00:00Z")));
        assertThat(known().running()).isEmpty();
        assertThat(known().last()).isEmpty();
        one.start();
        assertThat(known().running()).as("its routes haven't started").isEmpty();
        one.begin();
        other.start();
        other.begin();
        await().until(() -> known().running().size() == 2);
        assertThat(known().running()).extracting(Instance::name).containsExactly("one", "other");
        assertThat(known().running()).extracting(Instance::version).containsOnly("1.2.3");
        assertThat(known().running())
                .allMatch(instance ->
                        Duration.between(instance.started(), known().now()).compareTo(Duration.ofMinutes(5)) < 0);
        one.stop();
        assertThat(known().running()).extracting(Instance::name).containsExactly("other");
        assertThat(known().last()).map(Instance::name).contains("one");
        other.stop();
        assertThat(known().running()).isEmpty();
    }

    @Test
    void oneThatSaysNothingMoreDoesNotRun() {
        Instances hasty = new Instances(client, settings("one"), Clock.systemUTC(), Duration.ofSeconds(2));
        hasty.begin("1.2.3");
        assertThat(known().running()).hasSize(1);
        await().until(() -> hasty.known().running().isEmpty());
        assertThat(hasty.known().last()).map(Instance::name).contains("one");
    }

    @Test
    void objectsThatNoFeedWantsAreCountedByBucket_alsoByTheLastWord() {
        UnmatchedObjects unmatched = new UnmatchedObjects(client, settings("one"), Clock.systemUTC());
        Presence presence = new Presence(instances("one", Clock.systemUTC()), unmatched, "1.2.3");
        unmatched.count("landing", "tpyo/1.csv");
        unmatched.count("landing", "tpyo/2.csv");
        unmatched.count("other", "x");
        presence.start();
        presence.begin();
        await().until(() -> unmatched.all().size() == 2);
        assertThat(unmatched.count("landing", "tpyo/3.csv")).isEqualTo("landing");
        presence.stop();
        assertThat(unmatched.all())
                .extracting(Unmatched::bucket, Unmatched::objects, Unmatched::last)
                .containsExactly(tuple("landing", 3L, "s3://landing/tpyo/3.csv"), tuple("other", 1L, "s3://other/x"));
        unmatched.write();
        assertThat(unmatched.all())
                .extracting(Unmatched::objects)
                .as("nothing new")
                .containsExactly(3L, 1L);
    }

    @Test
    void anObjectWhoseEventComesAgainIsCountedOnce_whoeverReceivesIt() {
        UnmatchedObjects one = new UnmatchedObjects(client, settings("one"), Clock.systemUTC());
        UnmatchedObjects other = new UnmatchedObjects(client, settings("other"), Clock.systemUTC());
        one.count("landing", "a");
        one.count("landing", "a");
        one.write();
        one.count("landing", "a");
        one.write();
        other.count("landing", "a");
        other.count("landing", "b");
        other.write();
        assertThat(one.all())
                .extracting(Unmatched::objects, Unmatched::exact, Unmatched::last)
                .containsExactly(tuple(2L, true, "s3://landing/b"));
    }

    @Test
    void whatIsForgottenAfterAWeekIsNotCountedWithWhatComesThen() {
        MutableClock clock = new MutableClock(Instant.parse("2026-11-01T00:00:00Z"));
        UnmatchedObjects unmatched = new UnmatchedObjects(client, settings("one"), clock);
        unmatched.count("landing", "a");
        unmatched.write();
        clock.advance(Duration.ofDays(8));
        unmatched.count("landing", "b");
        unmatched.write();
        assertThat(unmatched.all())
                .extracting(Unmatched::objects, Unmatched::since)
                .containsExactly(tuple(1L, clock.instant()));
    }

    @Test
    void whatTwoInstancesWriteAtATimeIsCountedInTheEnd() {
        UnmatchedObjects one = new UnmatchedObjects(client, settings("one"), Clock.systemUTC());
        UnmatchedObjects other = new UnmatchedObjects(client, settings("other"), Clock.systemUTC());
        List<Thread> threads = Stream.of(one, other)
                .map(unmatched -> new Thread(() -> IntStream.range(0, 50).forEach(i -> {
                    unmatched.count("landing", unmatched.hashCode() + "-" + i);
                    unmatched.write();
                })))
                .toList();
        threads.forEach(Thread::start);
        await().until(() -> threads.stream().noneMatch(Thread::isAlive));
        one.write();
        other.write();
        assertThat(one.all()).extracting(Unmatched::objects).containsExactly(100L);
    }

    @Test
    void whatCanNotBeWrittenIsWrittenTheNextTime_ofEachBucket() {
        UnmatchedObjects unmatched = new UnmatchedObjects(DynamoDbClient.create(), settings("one"), Clock.systemUTC());
        List.of("a", "b", "c").forEach(bucket -> unmatched.count(bucket, "k"));
        SharedSandbox.get().awsFaults().add("dynamodb denied match=PutItem forever");
        try {
            assertThatThrownBy(unmatched::write).isInstanceOf(LedgerUnavailable.class);
        } finally {
            SharedSandbox.get().awsFaults().clear();
        }
        unmatched.count("a", "k2");
        unmatched.write();
        assertThat(unmatched.all())
                .extracting(Unmatched::bucket, Unmatched::objects)
                .containsExactly(tuple("a", 2L), tuple("b", 1L), tuple("c", 1L));
    }

    @Test
    void whoeverInventsBucketsFillsNoTable() {
        UnmatchedObjects unmatched = new UnmatchedObjects(client, settings("one"), Clock.systemUTC());
        List<String> names = IntStream.range(0, 150)
                .mapToObj(i -> unmatched.count("bucket-" + i, "k"))
                .distinct()
                .toList();
        assertThat(names).hasSize(101).endsWith("(others)");
        unmatched.write();
        assertThat(unmatched.all()).hasSize(101).anyMatch(of -> of.bucket().equals("(others)") && of.objects() == 50);
    }

    @Test
    void aStopDoesNotWaitForALedgerThatDoesNotAnswer() {
        DynamoDbClient watched = DynamoDbClient.create();
        Instances instances = new Instances(watched, settings("one"), Clock.systemUTC());
        Presence presence =
                new Presence(instances, new UnmatchedObjects(watched, settings("one"), Clock.systemUTC()), "1.2.3");
        presence.start();
        presence.begin();
        await().until(() -> known().running().size() == 1);
        SharedSandbox.get().awsFaults().add("dynamodb slow ms=60000 forever");
        try {
            long began = System.nanoTime();
            presence.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            assertThat(known().running())
                    .as("the last word is on its way until the fault ends")
                    .hasSize(1);
        } finally {
            SharedSandbox.get().awsFaults().clear();
        }
    }

    private Presence presence(String name, Clock clock) {
        return new Presence(instances(name, clock), new UnmatchedObjects(client, settings(name), clock), "1.2.3");
    }

    private Instances instances(String name, Clock clock) {
        return new Instances(client, settings(name), clock);
    }

    private Instances.Known known() {
        return instances("who asks", Clock.systemUTC()).known();
    }

    private LedgerSettings settings(String owner) {
        return new LedgerSettings(tables, owner, Duration.ofMinutes(1), Duration.ofDays(1));
    }
}
