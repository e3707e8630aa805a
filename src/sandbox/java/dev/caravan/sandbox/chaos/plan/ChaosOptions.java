package dev.caravan.sandbox.chaos.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the command line asks for.
 *
 * @param seed what everything random comes from
 * @param length how long files are uploaded and trouble is made
 * @param instances of Caravan that run at once
 * @param files that are uploaded
 * @param ingredients of the run, beside what every run has
 */
public record ChaosOptions(
        long seed, Duration length, int instances, int files, Set<Ingredient> ingredients, boolean help) {
    private static final int SHORTEST_SECONDS = 15;
    private static final long LARGEST_RANDOM_SEED = 1_000_000;

    public static final String HELP = """
            Usage: ./caravan chaos [OPTION]...
            Runs several instances of Caravan on the sandbox, lets everything go wrong, and counts every row of every file and table.

              --seed N         repeats the plan of a run: files, events, faults and kills (default: random, and printed)
              --minutes M      how long files come and trouble is made; 0.5 is half a minute (default: 2)
              --instances N    of Caravan, at once (default: 3)
              --files N        to upload (default: 2000)
              --with LIST      all, none, or some of the following, separated by commas (default: all):
            %s  --help           this text

            Ends with exit code 0 only if no file is lost, none is doubled, none is blamed that is good, nothing is stuck, and no
            cluster is held for what a producer wrote. Logs are in target/chaos/.
            """.formatted(Ingredient.help());

    /** Throws {@link IllegalArgumentException} with a sentence for the person who typed the arguments. */
    public static ChaosOptions parse(String... arguments) {
        ChaosOptions options = new ChaosOptions(
                ThreadLocalRandom.current().nextLong(1, LARGEST_RANDOM_SEED),
                Duration.ofMinutes(2),
                3,
                2000,
                Ingredient.usual(),
                false);
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    /** The arguments for this. */
    @Override
    public String toString() {
        String minutes = BigDecimal.valueOf(length.toMillis())
                .divide(BigDecimal.valueOf(60_000), 3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
        return "--seed %d --minutes %s --instances %d --files %d%s"
                .formatted(
                        seed,
                        minutes,
                        instances,
                        files,
                        ingredients.equals(Ingredient.usual()) ? "" : " --with " + Ingredient.words(ingredients));
    }

    private ChaosOptions with(String option, Iterator<String> rest) {
        return switch (option) {
            case "--seed" -> with(whole(option, rest, Long.MIN_VALUE), length, instances, files, ingredients);
            case "--minutes" -> with(seed, minutes(option, rest), instances, files, ingredients);
            case "--instances" -> with(seed, length, (int) whole(option, rest, 1), files, ingredients);
            case "--files" -> with(seed, length, instances, (int) whole(option, rest, 1), ingredients);
            case "--with" -> with(seed, length, instances, files, Ingredient.named(value(option, rest)));
            case "--help" -> new ChaosOptions(seed, length, instances, files, ingredients, true);
            default ->
                throw new IllegalArgumentException("Unknown option " + option
                        + "; the options are --seed N, --minutes M, --instances N, --files N, --with LIST and --help.");
        };
    }

    private ChaosOptions with(
            long otherSeed, Duration otherLength, int otherInstances, int otherFiles, Set<Ingredient> others) {
        return new ChaosOptions(otherSeed, otherLength, otherInstances, otherFiles, others, help);
    }

    private static long whole(String option, Iterator<String> rest, long least) {
        String value = value(option, rest);
        if (!value.matches("-?[0-9]{1,9}") || Long.parseLong(value) < least) {
            throw new IllegalArgumentException(
                    option + " needs a whole number" + (least == Long.MIN_VALUE ? "" : " from " + least)
                            + ", at most nine digits long, not " + value + ".");
        }
        return Long.parseLong(value);
    }

    private static Duration minutes(String option, Iterator<String> rest) {
        String value = value(option, rest);
        if (!value.matches("[0-9]{1,5}([.][0-9]{1,3})?") || Double.parseDouble(value) * 60 < SHORTEST_SECONDS) {
            throw new IllegalArgumentException(option + " needs a number of minutes, 0.25 or more, not " + value + ".");
        }
        return Duration.ofMillis(Math.round(Double.parseDouble(value) * 60_000));
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value.");
        }
        return rest.next();
    }
}
