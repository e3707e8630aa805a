package dev.caravan.sandbox.chaos.plan;

import dev.caravan.sandbox.chaos.plan.Trouble.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The faults there are, each with how often or how long. */
final class FaultMenu {
    /** How long a rule waits for its occasion that strikes a number of times. */
    private static final Duration OCCASION = Duration.ofSeconds(10);

    private final Random random;
    private final Duration longest;

    /** @param longest that a fault may last */
    FaultMenu(Random random, Duration longest) {
        this.random = random;
        this.longest = longest;
    }

    Fault any(Duration at) {
        return random.nextInt(5) < 2 ? ofAws(at) : ofCluster(at);
    }

    private Fault ofAws(Duration at) {
        return switch (random.nextInt(14)) {
            case 0 -> lasting(at, Fault.AWS, "dynamodb throttle rate=0.2");
            case 1 -> lasting(at, Fault.AWS, "dynamodb conflict rate=0.3");
            case 2 -> lasting(at, Fault.AWS, "dynamodb lost-answer rate=0.1");
            case 3 -> lasting(at, Fault.AWS, "dynamodb lost-answer match=TransactWriteItems rate=0.3");
            case 4 -> lasting(at, Fault.AWS, "dynamodb reset rate=0.2");
            case 5 -> lasting(at, Fault.AWS, "dynamodb error rate=0.3");
            case 6 -> lasting(at, Fault.AWS, "dynamodb slow rate=0.1 ms=" + (500 + random.nextInt(7000)));
            case 7 -> lasting(at, Fault.AWS, "s3 error rate=0.5");
            case 8 -> lasting(at, Fault.AWS, "s3 throttle rate=0.5");
            case 9 -> lasting(at, Fault.AWS, "sns unreachable");
            case 10 -> lasting(at, Fault.AWS, "sns error rate=0.5");
            case 11 -> lasting(at, Fault.AWS, "sns lost-answer rate=0.5");
            case 12 -> lasting(at, Fault.AWS, "sqs error rate=0.3");
            default -> lasting(at, Fault.AWS, "sqs lost-answer rate=0.3");
        };
    }

    private Fault ofCluster(Duration at) {
        String cluster = random.nextBoolean() ? ChaosFeed.FIRST : ChaosFeed.SECOND;
        return switch (random.nextInt(16)) {
            case 0, 1 -> some(at, cluster, "lost-commit", 3);
            case 2, 3 -> some(at, cluster, "reset-copy rows=" + (1 + random.nextInt(60)), 3);
            case 4 -> some(at, cluster, "reset match=COPY", 3);
            case 5 -> some(at, cluster, "reset", 4);
            case 6 -> lasting(at, cluster, "resize");
            case 7 -> some(at, cluster, "restart", 5);
            case 8 -> some(at, cluster, "serializable", 5);
            case 9 -> some(at, cluster, "s3-503", 6);
            case 10 -> lasting(at, cluster, "connection-refused");
            case 11 -> lasting(at, cluster, "disk-full");
            case 12 -> lasting(at, cluster, "slow-copy ms=" + (5 + random.nextInt(25)));
            case 13 -> some(at, cluster, "too-many-connections", 6);
            case 14 -> some(at, cluster, "cancelled match=COPY", 3);
            default -> some(at, cluster, "slow match=COPY ms=" + (1000 + random.nextInt(7000)), 4);
        };
    }

    /** What exactly-once loading is most about: an outcome that the client doesn't know. */
    List<Fault> always(Duration at) {
        return List.of(
                some(at, ChaosFeed.FIRST, "lost-commit", 3),
                some(at, ChaosFeed.SECOND, "lost-commit", 3),
                some(at, ChaosFeed.FIRST, "reset-copy rows=7", 3));
    }

    /** Every COPY takes that long, so that whatever strikes meanwhile strikes loads in flight. */
    List<Fault> slowEverywhere(Duration at, Duration length) {
        return List.of(
                new Fault(at, ChaosFeed.FIRST, "slow match=COPY ms=2500 forever", length),
                new Fault(at, ChaosFeed.SECOND, "slow match=COPY ms=2500 forever", length));
    }

    private Fault some(Duration at, String where, String rule, int atMost) {
        return new Fault(at, where, rule + " times=" + (1 + random.nextInt(atMost)), OCCASION);
    }

    private Fault lasting(Duration at, String where, String rule) {
        long millis = 1000L + random.nextInt(Math.toIntExact(longest.toMillis() - 1000));
        return new Fault(at, where, rule + " forever", Duration.ofMillis(millis));
    }
}
