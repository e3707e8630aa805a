package dev.caravan.sandbox.chaos.plan;

import dev.caravan.sandbox.chaos.plan.Trouble.Fault;
import dev.caravan.sandbox.chaos.plan.Trouble.Passing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** When the ingredients of a run strike that do so for a while: once a minute each, and once in a shorter run. */
final class IngredientPlan {
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final int SHORTEST_MILLIS = 2_000, LONGEST_MILLIS = 15_000;
    /** How long a rule waits for its occasions. */
    private static final Duration OCCASION = Duration.ofSeconds(15);

    private final ChaosOptions options;
    private final Duration lease;
    private final List<ChaosFeed> feeds;

    IngredientPlan(ChaosOptions options, Duration lease, List<ChaosFeed> feeds) {
        this.options = options;
        this.lease = lease;
        this.feeds = feeds;
    }

    List<Trouble> troubles() {
        return options.ingredients().stream()
                .flatMap(ingredient -> of(
                        ingredient,
                        new Random(options.seed() * 31 + ingredient.word().hashCode())))
                .toList();
    }

    private Stream<Trouble> of(Ingredient ingredient, Random random) {
        if (ingredient == Ingredient.FORBIDDEN) {
            return clusters()
                    .map(cluster -> new Fault(
                            Duration.ZERO,
                            cluster,
                            "s3-403 match=" + FilePlan.FORBIDDEN + " forever",
                            options.length()));
        }
        List<Trouble> troubles = new ArrayList<>();
        long times = Math.max(1, options.length().dividedBy(BETWEEN));
        Duration part = options.length().dividedBy(times);
        for (int i = 0; i < times; i++) {
            // Not at its end: what begins has to be felt.
            Duration at = part.multipliedBy(i).plusMillis(random.nextInt(Math.toIntExact(part.toMillis() * 3 / 4)));
            troubles.addAll(at(ingredient, at, random));
        }
        if (ingredient == Ingredient.HUNG_CLUSTERS || ingredient == Ingredient.HUNG_DYNAMODB) {
            // A kill sets free what hangs: so late few kills come, and the rest has to free itself.
            troubles.addAll(at(ingredient, options.length().multipliedBy(9).dividedBy(10), random));
        }
        return troubles.stream();
    }

    private List<Trouble> at(Ingredient ingredient, Duration at, Random random) {
        return switch (ingredient) {
            case TWO_CLOSED -> {
                String rule = random.nextBoolean() ? "connection-refused forever" : "resize forever";
                Duration longer = length(random);
                boolean first = random.nextBoolean();
                yield List.of(
                        new Fault(at, ChaosFeed.FIRST, rule, first ? longer : longer.dividedBy(4)),
                        new Fault(at, ChaosFeed.SECOND, rule, first ? longer.dividedBy(4) : longer));
            }
            case REFUSALS -> List.of(new Fault(at, Fault.AWS, refusal(random), length(random)));
            case SLOW_COPIES ->
                clusters()
                        .<Trouble>map(cluster -> new Fault(
                                at,
                                cluster,
                                "slow match=COPY times=2 ms="
                                        + lease.plusMillis(1000 + random.nextInt(6000))
                                                .toMillis(),
                                OCCASION))
                        .toList();
            case HUNG_DYNAMODB ->
                List.of(new Fault(at, Fault.AWS, "dynamodb hang times=" + (1 + random.nextInt(3)), OCCASION));
            case HUNG_CLUSTERS -> {
                Passing hung = passing(at, ingredient, List.of(ChaosFeed.SECOND), random);
                yield List.of(hung, new Fault(at, ChaosFeed.SECOND, "slow match=COPY ms=1500 forever", hung.length()));
            }
            case JSONPATHS -> List.of(longer(at, ingredient, List.of(""), random));
            case CHANGED_TABLE -> List.of(longer(at, ingredient, names(ChaosFeed.Kind.CHANGING), random));
            case PAUSES ->
                List.of(passing(
                        at, ingredient, feeds.stream().map(ChaosFeed::name).toList(), random));
            case OPERATOR -> List.of(passing(at, ingredient, List.of(""), random));
            case TABLES -> List.of(passing(at, ingredient, List.of(Passing.MARIADB, Passing.POSTGRES), random));
            case OVERWRITES, CORRUPT, FORBIDDEN, MERGE, MAXERROR -> List.of();
        };
    }

    private static String refusal(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "dynamodb denied forever";
            case 1 -> "dynamodb expired forever";
            case 2 -> "s3 denied forever";
            default -> "s3 expired forever";
        };
    }

    private Passing passing(Duration at, Ingredient ingredient, List<String> places, Random random) {
        return new Passing(at, ingredient, places.get(random.nextInt(places.size())), length(random));
    }

    /** Long enough for a load of one feed to come to it. */
    private Passing longer(Duration at, Ingredient ingredient, List<String> places, Random random) {
        Duration length =
                Duration.ofMillis(Math.min(2 * LONGEST_MILLIS, options.length().toMillis() / 3));
        return new Passing(at, ingredient, places.get(random.nextInt(places.size())), length);
    }

    private List<String> names(ChaosFeed.Kind kind) {
        return feeds.stream()
                .filter(feed -> feed.kind() == kind)
                .map(ChaosFeed::name)
                .toList();
    }

    private Duration length(Random random) {
        long longest = Math.min(LONGEST_MILLIS, options.length().toMillis() / 4);
        return Duration.ofMillis(SHORTEST_MILLIS + random.nextInt(Math.toIntExact(longest - SHORTEST_MILLIS)));
    }

    private static Stream<String> clusters() {
        return Stream.of(ChaosFeed.FIRST, ChaosFeed.SECOND);
    }
}
